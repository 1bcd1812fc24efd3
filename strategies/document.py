"""A strategy as one page to be read: every question with what was said, in reading order."""

from dataclasses import dataclass

from django.db import models

from strategies.answers import Answer, Answers, ChannelAnswer, KpiAnswer
from strategies.checks.state import is_row_touched
from strategies.enums import ContentCategory
from strategies.facts import (
    TITLE_FIELDS,
    Fact,
    beneath_title,
    note_facts,
    row_facts,
    row_title,
    row_titles,
)
from strategies.mix_picture import mix_parts
from strategies.overview import as_read
from strategies.questionnaire import KINDS, STEPS, RowKind, Step

LONGEST_SHORT = 60  # characters; a longer one takes a line of its own


@dataclass(frozen=True)
class Entry:
    """One row: ``title`` is empty for a single one, which its heading names.

    ``text`` is what its own words say beneath their first line.
    """

    title: str
    text: str
    facts: tuple[Fact, ...]

    @property
    def short(self) -> list[Fact]:
        """What stands in one run of text."""
        return [fact for fact in self.facts if _is_short(fact)]

    @property
    def long(self) -> list[Fact]:
        """What takes lines of its own."""
        return [fact for fact in self.facts if not _is_short(fact)]


@dataclass(frozen=True)
class Part:
    """The rows of one kind. ``is_numbered``: their order means something."""

    kind: RowKind
    entries: tuple[Entry, ...]
    is_numbered: bool


@dataclass(frozen=True)
class Chapter:
    """One question. ``notes`` are what was said of it as a whole."""

    step: Step
    parts: tuple[Part, ...]
    notes: tuple[Fact, ...]

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said."""
        return not self.parts and not self.notes


def document_of(answers: Answers) -> list[Chapter]:
    """Return the chapters; rows and kinds of which nothing was said are left out."""
    titles = row_titles(answers)
    return [
        Chapter(
            step=step,
            parts=tuple(
                part for kind in step.kinds if (part := _part(answers, kind, titles)).entries
            ),
            notes=tuple(note_facts(answers, step)),
        )
        for step in STEPS
    ]


def _part(answers: Answers, kind: RowKind, titles: dict[str, str]) -> Part:
    entries = tuple(
        Entry(
            title="" if kind.single else row_title(answers, kind.code, row),
            text=beneath_title(kind.code, row),
            facts=tuple(
                fact
                for fact in as_read(row, row_facts(kind, row, titles[row.uid], titles))
                if fact.field not in _told_elsewhere(answers, kind, row)
            ),
        )
        for row in answers.of_kind(kind.code)
        if is_row_touched(row, kind)
    )
    return Part(kind, entries, is_numbered=kind.code == "audience")


def _told_elsewhere(answers: Answers, kind: RowKind, row: Answer) -> set[str]:
    """Return the fields that the title or the picture of the mix says."""
    if isinstance(row, ChannelAnswer):
        return {"network", "other_network", "handle"}
    if isinstance(row, KpiAnswer):
        return {"name"} if row.name else {"name", "metric"}
    if kind.code == "content-plan":
        return (
            {category.value for category in ContentCategory}
            if mix_parts(answers.content_plan)
            else set()
        )
    return {TITLE_FIELDS.get(kind.code, ""), "channel"}


def _is_short(fact: Fact) -> bool:
    """Whether it is a plain fact, and not a text that somebody wrote."""
    field = KINDS[fact.kind].model._meta.get_field(fact.field)
    return not isinstance(field, models.TextField) and len(fact.text) <= LONGEST_SHORT
