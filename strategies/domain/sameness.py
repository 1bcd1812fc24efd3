"""Whether two readings of a strategy say the same of what belongs to it."""

from typing import Any

import msgspec

from networks.models import Channel
from strategies.domain.answers import Answers
from strategies.domain.checks.state import is_row_touched
from strategies.domain.questionnaire import KINDS, NOTE_KIND
from strategies.domain.row_kind import RowKind


def is_same(before: Answers, after: Answers) -> bool:
    """Whether nothing of the strategy's own was changed between ``before`` and ``after``.

    Channels and people belong to the workspace and change by themselves: a renamed person, an added
    or removed channel is no change of the strategy.
    """
    return not changed_kinds(before, after)


def changed_kinds(before: Answers, after: Answers) -> list[str]:
    """Return the codes of the kinds whose rows say something else, that of notes too."""
    channels = {channel.uid for channel in after.channels}
    changed = [
        kind.code
        for kind in KINDS.values()
        if not kind.is_shared
        # Rows that are equal as they stand are the rule, and need no closer look.
        and before.of_kind(kind.code) != after.of_kind(kind.code)
        and _rows(before, kind, channels) != _rows(after, kind, channels)
    ]
    return changed if _notes(before) == _notes(after) else [*changed, NOTE_KIND.code]


def _notes(answers: Answers) -> list[Any]:
    return sorted((_plain(note) for note in answers.steps if note.is_not_known), key=str)


def _rows(answers: Answers, kind: RowKind, channels: set[str]) -> list[Any]:
    rows = answers.of_kind(kind.code)
    if kind.is_about_channel:
        rows = tuple(
            row
            for row in rows
            if getattr(row, "channel", "") in channels and is_row_touched(row, kind)
        )
    if not kind.order:
        rows = tuple(sorted(rows, key=lambda row: row.uid))
    named = [
        name
        for name in kind.references
        if kind.model._meta.get_field(name).related_model is Channel and not kind.is_about_channel
    ]
    return [
        _plain(row) | {name: sorted(channels & set(getattr(row, name))) for name in named}
        for row in rows
    ]


def _plain(row: Any) -> dict[str, Any]:
    """The values of a row; of a person only who it is, not how they are called."""
    values: dict[str, Any] = msgspec.to_builtins(row)
    return {
        name: value["uid"] if isinstance(value, dict) else value for name, value in values.items()
    }
