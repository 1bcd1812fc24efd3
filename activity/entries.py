"""The log as people read it: what one person typed in one place in one go is one entry.

Every save leaves a record of its own; a row that saves by itself while somebody types leaves
many. Nothing is changed or lost here: only the page joins them. What is decided, and not typed,
such as a role, always stands by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from activity.activity_types import FieldChange, changes_of, is_typed, sentence_of
from activity.models import Record

#: Longer pauses than this between two saves begin a new entry.
PAUSE = timedelta(minutes=10)


@dataclass(frozen=True)
class LogEntry:
    """One line of the log: the last record of a run, and what changed from its first to its last."""

    record: Record
    sentence: str
    changes: list[FieldChange]


def entries_of(records: Iterable[Record]) -> list[LogEntry]:
    """Return the entries of ``records`` (newest first), newest first."""
    runs: list[list[Record]] = []
    latest: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        place = (record.subject_kind, record.subject_uid)
        run = latest.get(place)
        if run and _goes_on(run, record):
            run.append(record)
        else:
            latest[place] = [record]
            runs.append(latest[place])
    return [LogEntry(run[0], sentence_of(run[0]), changes_of(run[0], _joined(run))) for run in runs]


def _goes_on(run: list[Record], record: Record) -> bool:
    """Whether ``run`` (newest first) only goes on with what ``record`` typed.

    Nobody else came in between, also nobody whom the page leaves out: each field was found as
    ``record`` left it.
    """
    later = run[-1]
    same_deed = (later.by_id, later.verb) == (record.by_id, record.verb) and is_typed(record.verb)
    both_changed = bool(later.changes and record.changes)
    if not same_deed or not both_changed or later.at - record.at > PAUSE:
        return False
    found = {name: before for one in run for name, (before, _after) in one.changes.items()}
    return all(found.get(name, after) == after for name, (_before, after) in record.changes.items())


def _joined(run: list[Record]) -> dict[str, list[Any]]:
    """What the first save of ``run`` (newest first) found and what the last one left."""
    joined: dict[str, list[Any]] = {}
    for record in reversed(run):
        for name, (before, after) in record.changes.items():
            joined[name] = [joined[name][0] if name in joined else before, after]
    return {name: pair for name, pair in joined.items() if len(run) == 1 or pair[0] != pair[1]}
