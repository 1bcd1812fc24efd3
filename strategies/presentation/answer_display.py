"""The display text of every answer, the same from rows and from a snapshot.

Nothing here asks the database: labels and choices come from the models' own declaration, names
of people and titles of rows from the answers. Diff, document and summary read this.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from core.fields import CodesField, TimesField
from core.text import (
    LIST_SEPARATOR,
    date_text,
    number_text,
    percent_text,
    time_text,
)
from core.text_input import clean_text
from strategies.domain.answer_types import Answer, KpiAnswer, Person, StepNote, is_value
from strategies.domain.answers import Answers
from strategies.domain.paste import without_bullet
from strategies.domain.questionnaire import KINDS, NOTE_KIND
from strategies.domain.row_kind import RowKind, Step
from strategies.domain.titles import (
    row_title,
    row_titles,
    short,
)
from strategies.models.metrics import OWN_METRIC

ORDER = "order"  # the field of a fact that tells the order of a kind's rows
NOTE = NOTE_KIND.code  # the kind of a fact that tells of the question as a whole

#: Characters of a text that can still be read in a narrow column beside its label.
LONGEST_BESIDE = 300


@dataclass(frozen=True)
class Fact:
    """One answered field, as people read it. ``row_title`` is empty where the text is its own title.

    ``items`` are what ``text`` lists, where it is a list.
    """

    kind: str
    row_uid: str
    row_title: str
    field: str
    label: str
    text: str
    items: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """What the text lists, one thing a line; nothing where it is a text, or a single line."""
        if not is_by_line(self.kind, self.field) or "\n" not in self.text.strip():
            return ()
        return tuple(without_bullet(line.strip()) for line in self.text.split("\n") if line.strip())

    @property
    def is_long(self) -> bool:
        """Whether it needs the full width, below its label."""
        return is_long(self.text)


def is_by_line(kind_code: str, field: str) -> bool:
    """Whether a field is answered one thing a line."""
    return kind_code in KINDS and KINDS[kind_code].describe(field).is_by_line


def is_long(text: str) -> bool:
    """Whether a text is too long for a narrow column: several lines, or very many words."""
    return len(text) > LONGEST_BESIDE or "\n" in text.strip()


def facts(answers: Answers, step: Step) -> list[Fact]:
    """Return every answered field of a question in reading order."""
    titles = row_titles(answers)
    found = list(note_facts(answers, step))
    for kind in step.kinds:
        rows = answers.of_kind(kind.code)
        if kind.order and len(rows) > 1:
            found.append(_order_fact(answers, kind))
        for row in rows:
            found += row_facts(kind, row, row_title(answers, kind.code, row), titles)
    return found


def row_facts(kind: RowKind, row: Answer, title: str, titles: Mapping[str, str]) -> list[Fact]:
    """Return the answered fields of one row; ``titles`` are the titles of rows by uid."""
    found = []
    displays = _displays(kind, get_language() or "")
    unknown = kind.to_find_out(row)
    for field, label, display in displays:
        value = getattr(row, field)
        items: tuple[str, ...] = ()
        if is_value(value):
            shown = display(value, titles)
            items = shown if isinstance(shown, tuple) else ()
            text = _listed(shown) if isinstance(shown, tuple) else clean_text(shown)
        elif field in unknown:
            text = gettext("Not known yet")
        else:
            continue
        found.append(Fact(kind.code, row.uid, title, field, label, text, items))
    return found


def _listed(items: Sequence[str]) -> str:
    """One after the other; by semicolons where one of them holds a comma."""
    between = "; " if any(LIST_SEPARATOR in item for item in items) else LIST_SEPARATOR
    return between.join(items)


def labelled(label: str, text: str) -> str:
    """Set a text behind its label; a question loses its mark."""
    return gettext("%(label)s: %(text)s") % {"label": label.rstrip("?"), "text": text}


def says_nothing(answer: Answer) -> frozenset[str]:
    """Return the fields that hold only what every such row begins with, and mean nothing in it."""
    if not isinstance(answer, KpiAnswer):
        return frozenset()
    own = {"metric"} if answer.name and answer.metric == OWN_METRIC else set()
    return frozenset(own | {"direction"} if answer.is_sign else own)


def _order_fact(answers: Answers, kind: RowKind) -> Fact:
    rows = answers.of_kind(kind.code)
    text = ", ".join(
        f"{place}. {row_title(answers, kind.code, row)}" for place, row in enumerate(rows, start=1)
    )
    return Fact(kind.code, "", "", ORDER, str(kind.order), text)


def note_facts(answers: Answers, step: Step) -> Iterator[Fact]:
    """Yield what was said of the question as a whole."""
    for note in answers.steps:
        if note.step == step.code and note.is_not_known:
            yield from _facts_of_note(note)


def _facts_of_note(note: StepNote) -> Iterator[Fact]:
    title = gettext("The question as a whole")
    yield Fact(
        NOTE, note.uid, title, "is_not_known", gettext("The question"), gettext("Not known yet")
    )
    displays = _displays(NOTE_KIND, get_language() or "")
    for field, label, display in displays:
        value = getattr(note, field)
        if is_value(value):
            yield Fact(NOTE, note.uid, title, field, label, str(display(value, {})))


Display = Callable[[Any, Mapping[str, str]], str | tuple[str, ...]]


@cache
def _displays(kind: RowKind, language: str) -> tuple[tuple[str, str, Display], ...]:
    """Return name, label and the function that writes its value, for each field of a kind.

    ``language`` is the active one: labels are looked up once for it, not once for every row.
    """
    return tuple(
        (name, capfirst(str(kind.label(name))), _display(kind, name)) for name in kind.fields
    )


def _display(kind: RowKind, name: str) -> Display:
    """Choose how values of a field are written, in the active language."""
    field: Any = kind.model._meta.get_field(name)
    if isinstance(field, CodesField):
        labels = _labels(field)
        return lambda codes, titles: tuple(labels.get(code, code) for code in codes)
    if isinstance(field, TimesField):
        return lambda times, titles: tuple(map(time_text, times))
    if isinstance(field, models.ManyToManyField):
        return lambda uids, titles: tuple(short(titles[uid]) for uid in uids if uid in titles)
    if isinstance(field, models.ForeignKey):
        return lambda value, titles: (
            value.name if isinstance(value, Person) else short(titles.get(value, ""))
        )
    if field.choices:
        choices = _labels(field)
        return lambda code, titles: choices.get(code, str(code))
    if kind.describe(name).is_percent:
        return lambda value, titles: percent_text(value)
    return lambda value, titles: _plain_text(value)


def _labels(field: Any) -> dict[Any, str]:
    return {code: str(label) for code, label in field.flatchoices}


def _plain_text(value: object) -> str:
    if isinstance(value, bool):
        return gettext("Yes")
    if isinstance(value, int | Decimal):
        return number_text(value)
    if isinstance(value, time):
        return time_text(value)
    if isinstance(value, date):
        return date_text(value)
    return str(value)
