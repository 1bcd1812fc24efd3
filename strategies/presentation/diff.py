"""What changed between two readings of the answers, question by question.

Rows are matched by uid, a single row by its kind. Every text of a change joins back: its *same*
and *del* segments give what stood before, *same* and *ins* what stands now.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import takewhile, zip_longest

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.diff import Segment, list_diff, shortened, without_blanks, word_diff
from core.text import LIST_SEPARATOR, cut, without_stop
from strategies.domain.answer_types import Answer
from strategies.domain.answers import Answers
from strategies.domain.questionnaire import KINDS, STEPS
from strategies.domain.row_kind import ComparedTogether, RowKind, Step
from strategies.domain.titles import row_title, row_titles
from strategies.presentation.answer_display import (
    NOTE,
    ORDER,
    Fact,
    facts,
    is_by_line,
    is_long,
    row_facts,
    says_nothing,
)
from strategies.presentation.summary import as_read

FactsOfRow = dict[str, Fact]  # by field
HEADING_AT_MOST = 80


class ChangeKind(StrEnum):
    """What happened to a row."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True)
class ChangedText:
    """One text of a change; ``label`` is empty where the heading says it all."""

    field: str
    label: str
    segments: tuple[Segment, ...]
    is_by_line: bool = False  # whether the field is answered one thing a line

    @property
    def before(self) -> str:
        """What stood there."""
        return "".join(segment.text for segment in self.segments if segment.op != "ins")

    @property
    def after(self) -> str:
        """What stands there now."""
        return "".join(segment.text for segment in self.segments if segment.op != "del")

    @cached_property
    def whole(self) -> list[Segment]:
        """All of it for reading, with every word that changed."""
        return without_blanks(self.segments)

    @cached_property
    def shown(self) -> list[Segment]:
        """What changed with a few words around it."""
        return shortened(self.whole)

    @property
    def is_shortened(self) -> bool:
        """Whether some words of it are left out."""
        return self.shown != self.whole

    @property
    def has_same_words(self) -> bool:
        """Whether blanks or the ends of lines are all that changed."""
        return all(segment.op == "same" for segment in self.whole)

    @property
    def is_list(self) -> bool:
        """Whether it is read as a list, one thing a line."""
        return self.is_by_line and any("\n" in segment.text for segment in self.segments)

    @property
    def is_long(self) -> bool:
        """Whether it needs the full width, below its label."""
        return is_long("".join(segment.text for segment in self.segments))


@dataclass(frozen=True)
class AnswerChange:
    """One thing that a reader of the old version should know."""

    what: ChangeKind
    kind: str
    row: str
    heading: str
    parts: tuple[ChangedText, ...]


@dataclass(frozen=True)
class StepDiff:
    """A question with its changes, in reading order; none when it is as it was."""

    step: Step
    changes: tuple[AnswerChange, ...]


def diff(before: Answers, after: Answers) -> list[StepDiff]:
    """Return every question, each with what changed in it."""
    comparison = Comparison(before, after)
    return [StepDiff(step, tuple(comparison.changes(step))) for step in STEPS]


class Comparison:
    """Two readings side by side. Rows that read the same are passed over unread."""

    def __init__(self, before: Answers, after: Answers) -> None:
        self.before, self.after = before, after
        self.new_titles = row_titles(after)
        # A row that is called otherwise now is changed itself; those that refer to it are not.
        self.old_titles = {**row_titles(before), **self.new_titles}

    def changes(self, step: Step) -> Iterator[AnswerChange]:
        """Yield the changes of one question: kind by kind order, rows kept or new, rows removed."""
        if step is STEPS[0] and self.before.name != self.after.name:
            part = ChangedText(
                "name", "", tuple(readable(word_diff(self.before.name, self.after.name)))
            )
            yield AnswerChange(ChangeKind.CHANGED, "", "", _("Name of the strategy"), (part,))
        if self.before.steps != self.after.steps:
            yield from _diff_row(NOTE, "", "", _note(self.before, step), _note(self.after, step))
        for kind in step.kinds:
            if kind.single:
                (was,), (now,) = self.before.of_kind(kind.code), self.after.of_kind(kind.code)
                yield from self._row(kind, "", "", was, now)
            else:
                yield from self._list(kind)

    def _list(self, kind: RowKind) -> Iterator[AnswerChange]:
        was = {row.uid: row for row in self.before.of_kind(kind.code)}
        now = {row.uid: row for row in self.after.of_kind(kind.code)}
        yield from _diff_order(self.before, self.after, kind, list(was), list(now))
        for place, (uid, row) in enumerate(now.items(), start=1):
            if uid in was and was[uid] != row:
                name = _("%(kind)s %(place)d") % {"kind": capfirst(str(kind.one)), "place": place}
                yield from self._row(kind, uid, name, was[uid], row)
            elif uid not in was:
                yield _whole_row(ChangeKind.ADDED, kind, row, self._new_facts(kind, row))
        for uid, row in was.items():
            if uid not in now:
                yield _whole_row(ChangeKind.REMOVED, kind, row, self._old_facts(kind, row))

    def _row(
        self, kind: RowKind, uid: str, name: str, was: Answer, now: Answer
    ) -> Iterator[AnswerChange]:
        if was == now:
            return
        old, new = self._old_facts(kind, was), self._new_facts(kind, now)
        yield from _diff_row(kind.code, uid, name, old, new)

    def _old_facts(self, kind: RowKind, row: Answer) -> FactsOfRow:
        title = row_title(self.before, kind.code, row)
        return _by_field(as_read(kind, row, row_facts(kind, row, title, self.old_titles)))

    def _new_facts(self, kind: RowKind, row: Answer) -> FactsOfRow:
        title = row_title(self.after, kind.code, row)
        return _by_field(as_read(kind, row, row_facts(kind, row, title, self.new_titles)))


def _note(answers: Answers, step: Step) -> FactsOfRow:
    return _by_field(fact for fact in facts(answers, step) if fact.kind == NOTE)


def _by_field(found: Iterable[Fact]) -> FactsOfRow:
    return {fact.field: fact for fact in found}


def readable(segments: Sequence[Segment]) -> list[Segment]:
    """Join what changed around a single word that stayed: whole phrases read better than crumbs.

    The texts join back as before; ``del`` stands before ``ins`` in each run.
    """
    found: list[Segment] = []
    gone, came = "", ""
    for place, segment in enumerate(segments):
        if segment.op == "del":
            gone += segment.text
        elif segment.op == "ins":
            came += segment.text
        elif _is_crumb(segment) and _has_words(gone, came) and _words_follow(segments, place):
            gone, came = gone + segment.text, came + segment.text
        else:
            found += [*_run(gone, came), segment]
            gone, came = "", ""
    return found + _run(gone, came)


def _is_crumb(segment: Segment) -> bool:
    return len(segment.text.split()) < 2 and "\n" not in segment.text


def _has_words(*texts: str) -> bool:
    return any(text.strip() for text in texts)


def _words_follow(segments: Sequence[Segment], place: int) -> bool:
    """Whether the change behind a place is one of words, and not of blanks alone."""
    changed = takewhile(lambda one: one.op != "same", segments[place + 1 :])
    return _has_words(*(one.text for one in changed))


def _run(gone: str, came: str) -> list[Segment]:
    return [Segment("del", gone)] * bool(gone) + [Segment("ins", came)] * bool(came)


def _diff_row(
    code: str, uid: str, name: str, old: FactsOfRow, new: FactsOfRow
) -> Iterator[AnswerChange]:
    """Yield one change with every text that differs, or none.

    ``name`` is what a row is called when its title itself changed. A text that changed alone is
    named by the heading.
    """
    parts: list[ChangedText] = []
    lone, title = "", ""
    for fields, label in _texts(code, [*new, *(field for field in old if field not in new)]):
        before, after = _text(old, fields), _text(new, fields)
        if before == after:
            continue
        fact = next(found[field] for field in fields for found in (new, old) if field in found)
        is_title = bool(name) and code in KINDS and fact.field == KINDS[code].title_field
        title = name if is_title else title or cut(fact.row_title, HEADING_AT_MOST)
        if label:
            lone, segments = str(label), _run(before, after)
        else:
            lone = name if is_title else _heading(fact)
            segments = _segments(old.get(fact.field), new.get(fact.field))
        by_line = is_by_line(code, fields[0])
        parts.append(ChangedText(fields[0], str(label or fact.label), tuple(segments), by_line))
    if len(parts) == 1:
        yield AnswerChange(ChangeKind.CHANGED, code, uid, lone, (replace(parts[0], label=""),))
    elif parts:
        yield AnswerChange(ChangeKind.CHANGED, code, uid, title, tuple(parts))


def _segments(old: Fact | None, new: Fact | None) -> list[Segment]:
    """Compare lists item by item, other texts word by word."""
    if not any(fact and fact.items for fact in (old, new)):
        return readable(word_diff(old.text if old else "", new.text if new else ""))
    was, now = (fact.items or (fact.text,) if fact else () for fact in (old, new))
    return list_diff(was, now, LIST_SEPARATOR)


def _texts(code: str, fields: Sequence[str]) -> Iterator[tuple[tuple[str, ...], "str | Promise"]]:
    """Yield the fields that are read as one text, with its own label; a field alone has none."""
    together = KINDS[code].compared_together if code in KINDS else ComparedTogether()
    if any(field in together.fields for field in fields):
        yield together.fields, together.label
    for field in fields:
        if field not in together.fields:
            yield (field,), ""


def _text(found: FactsOfRow, fields: tuple[str, ...]) -> str:
    if not any(field in found for field in fields):
        return ""
    return " / ".join(found[field].text if field in found else "–" for field in fields)


def _whole_row(what: ChangeKind, kind: RowKind, row: Answer, found: FactsOfRow) -> AnswerChange:
    is_new = what is ChangeKind.ADDED
    heading = (_("New %(kind)s") if is_new else _("Removed %(kind)s")) % {"kind": kind.one}
    parts = tuple(
        ChangedText(
            fact.field,
            fact.label,
            (Segment("ins" if is_new else "del", fact.text),),
            is_by_line(kind.code, fact.field),
        )
        for fact in found.values()
        if fact.text and fact.field not in says_nothing(row)
    )
    return AnswerChange(what, kind.code, row.uid, heading, parts)


def _diff_order(
    before: Answers, after: Answers, kind: RowKind, was: Sequence[str], now: Sequence[str]
) -> Iterator[AnswerChange]:
    """Yield the two lists in one line when rows that both hold have changed places."""
    kept = set(was) & set(now)
    if [uid for uid in was if uid in kept] == [uid for uid in now if uid in kept]:
        return
    # A row is called by its newest title, so that a line about order speaks of order only.
    titles = {**_titles(before, kind.code), **_titles(after, kind.code)}
    segments: list[Segment] = []
    for number, (old, new) in enumerate(zip_longest(was, now), start=1):
        lead = f"{', ' if number > 1 else ''}{number}. "
        if old == new:
            segments.append(Segment("same", lead + titles[new]))
        elif old and new:
            segments += [
                Segment("same", lead),
                Segment("del", titles[old]),
                Segment("ins", titles[new]),
            ]
        elif old:
            segments.append(Segment("del", lead + titles[old]))
        else:
            segments.append(Segment("ins", lead + titles[new]))
    heading = str(kind.order or _("Order: %(rows)s") % {"rows": kind.heading})
    yield AnswerChange(
        ChangeKind.MOVED, kind.code, "", heading, (ChangedText(ORDER, "", tuple(segments)),)
    )


def _titles(answers: Answers, code: str) -> dict[str, str]:
    return {
        row.uid: cut(row_title(answers, code, row), HEADING_AT_MOST)
        for row in answers.of_kind(code)
    }


def _heading(fact: Fact) -> str:
    row = cut(without_stop(fact.row_title), HEADING_AT_MOST)
    return _("%(row)s: %(field)s") % {"row": row, "field": fact.label}
