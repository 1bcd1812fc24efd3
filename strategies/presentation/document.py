"""A strategy as one page to be read: every question with what was said, in reading order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.db import models
from django.utils.translation import gettext

from core.enums import ContentCategory
from core.fields import CodesField, TimesField
from core.text import first_line
from strategies.domain.answer_types import Answer, KpiAnswer, PostKindAnswer
from strategies.domain.answers import Answers
from strategies.domain.cadence import cadence_of, cadence_text
from strategies.domain.checks.state import is_row_touched
from strategies.domain.questionnaire import KINDS, STEPS
from strategies.domain.row_kind import RowKind, Step
from strategies.domain.titles import beneath_title, post_kind_name, row_titles
from strategies.presentation.answer_display import (
    Fact,
    is_long,
    labelled,
    note_facts,
    row_facts,
    says_nothing,
)
from strategies.presentation.mix_picture import mix_parts
from strategies.presentation.summary import as_read

LONGEST_SHORT = 60  # characters; a longer one takes a line of its own


@dataclass(frozen=True)
class DocumentEntry:
    """One row: ``title`` is empty for a single one, which its heading names.

    ``text`` is what its own words say beneath their first line; ``place`` is 0 where the order of
    the rows means nothing.
    """

    title: str
    text: str
    facts: tuple[Fact, ...]
    place: int = 0

    @property
    def is_bare(self) -> bool:
        """Whether its title is all that it says."""
        return not self.text and not self.facts

    @property
    def is_long(self) -> bool:
        """Whether it says so much that it may go on on the next printed page."""
        return is_long(self.text) or any(fact.is_long for fact in self.facts)

    @property
    def short(self) -> list[Fact]:
        """What stands in one run of text."""
        return [fact for fact in self.facts if _is_short(fact)]

    @property
    def long(self) -> list[Fact]:
        """What takes lines of its own."""
        return [fact for fact in self.facts if not _is_short(fact)]


@dataclass(frozen=True)
class DocumentGroup:
    """Rows that belong together, and in ``shared`` what all of them say; the heading may be empty."""

    heading: str
    entries: tuple[DocumentEntry, ...]
    shared: tuple[Fact, ...] = ()

    @property
    def runs(self) -> list[tuple[bool, list[DocumentEntry]]]:
        """The entries in their order; those that are only a title stand together as a list."""
        return [(bare, list(run)) for bare, run in groupby(self.entries, lambda one: one.is_bare)]


@dataclass(frozen=True)
class DocumentPart:
    """The rows of one kind."""

    kind: RowKind
    groups: tuple[DocumentGroup, ...]

    @property
    def entries(self) -> list[DocumentEntry]:
        """All of them."""
        return [entry for group in self.groups for entry in group.entries]


@dataclass(frozen=True)
class Chapter:
    """One question. ``notes`` are what was said of it as a whole."""

    step: Step
    parts: tuple[DocumentPart, ...]
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
                part for kind in step.kinds if (part := _part(answers, kind, titles)).groups
            ),
            notes=tuple(note_facts(answers, step)),
        )
        for step in STEPS
    ]


def _part(answers: Answers, kind: RowKind, titles: Mapping[str, str]) -> DocumentPart:
    rows = [row for row in answers.of_kind(kind.code) if is_row_touched(row, kind)]
    is_in_order = bool(kind.order) and len(rows) > 1
    entries = [
        _entry(answers, kind, row, titles, place if is_in_order else 0)
        for place, row in enumerate(rows, start=1)
    ]
    if kind.code == "kpi":
        measures = [row.objective for row in rows if isinstance(row, KpiAnswer)]
        return DocumentPart(kind, tuple(_by_objective(answers, measures, entries)))
    if kind.code == "post-kind":
        kinds = [row for row in rows if isinstance(row, PostKindAnswer)]
        return DocumentPart(kind, tuple(_by_channel(answers, kinds, entries)))
    return DocumentPart(kind, (DocumentGroup("", tuple(entries)),) if entries else ())


def _entry(
    answers: Answers, kind: RowKind, row: Answer, titles: Mapping[str, str], place: int
) -> DocumentEntry:
    told = _told_elsewhere(answers, kind, row)
    found = as_read(kind, row, row_facts(kind, row, titles[row.uid], titles))
    return DocumentEntry(
        title="" if kind.single else titles[row.uid],
        text=beneath_title(kind.code, row),
        facts=tuple(fact for fact in found if fact.field not in told),
        place=place,
    )


def _by_objective(
    answers: Answers, measures: Sequence[str | None], entries: Sequence[DocumentEntry]
) -> Iterable[DocumentGroup]:
    """Yield the figures of each objective, those that are tied to none last.

    What is said of all figures of an objective, as of signs that were pasted together, is said once.
    """
    found: dict[str | None, list[DocumentEntry]] = {row.uid: [] for row in answers.objectives}
    untied: list[DocumentEntry] = []
    for uid, entry in zip(measures, entries, strict=True):
        found.get(uid, untied).append(entry)
    for objective in answers.objectives:
        if found[objective.uid]:
            yield _sharing(first_line(objective.statement), found[objective.uid])
    if untied:
        yield _sharing(gettext("Tied to no objective") if answers.objectives else "", untied)


def _by_channel(
    answers: Answers, kinds: Sequence[PostKindAnswer], entries: Sequence[DocumentEntry]
) -> Iterable[DocumentGroup]:
    """Yield the kinds of post of each channel; several stand below the channel and their sum."""
    found: dict[str, list[tuple[PostKindAnswer, DocumentEntry]]] = {}
    for kind, entry in zip(kinds, entries, strict=True):
        found.setdefault(kind.channel, []).append((kind, entry))
    for uid, pairs in found.items():
        if len(pairs) == 1:
            yield DocumentGroup("", (pairs[0][1],))
            continue
        named = (
            replace(
                entry,
                title=post_kind_name(answers, kind),
                facts=tuple(fact for fact in entry.facts if fact.field not in {"format", "pillar"}),
            )
            for kind, entry in pairs
        )
        channel = answers.channel(uid)
        posts = cadence_text(cadence_of(kind for kind, _entry in pairs))
        heading = channel.name if channel else ""
        yield DocumentGroup(labelled(heading, posts) if posts else heading, tuple(named))


def _sharing(heading: str, entries: Sequence[DocumentEntry]) -> DocumentGroup:
    def said(entry: DocumentEntry) -> set[tuple[str, str]]:
        return {(fact.field, fact.text) for fact in entry.facts if _is_short(fact)}

    first, *rest = entries
    shared = said(first).intersection(*map(said, rest)) if rest else set()
    return DocumentGroup(
        heading,
        tuple(
            replace(
                entry,
                facts=tuple(fact for fact in entry.facts if (fact.field, fact.text) not in shared),
            )
            for entry in entries
        ),
        tuple(fact for fact in first.facts if (fact.field, fact.text) in shared),
    )


def _told_elsewhere(answers: Answers, kind: RowKind, row: Answer) -> set[str]:
    """Return the fields that the title or the picture of the mix says."""
    if isinstance(row, KpiAnswer):
        # A sign is told by its words, and what it measures by the heading of its group.
        named = {"name", "objective", "is_sign"} | says_nothing(row)
        return named if row.name else named | {"metric"}
    if kind.code == "content-plan":
        return (
            {category.value for category in ContentCategory}
            if mix_parts(answers.content_plan)
            else set()
        )
    return {kind.title_field, "channel", *kind.said_by_title}


def _is_short(fact: Fact) -> bool:
    """Whether it is a plain fact, and not a text that somebody wrote or a list of other rows.

    That is told by the field, so that a question stands alike in every row; only what was typed
    into one line is looked at for its length.
    """
    kind = KINDS[fact.kind]
    if kind.describe(fact.field).is_sentence:
        return False
    field = kind.model._meta.get_field(fact.field)
    if isinstance(field, models.TextField | models.ManyToManyField):
        return False
    is_typed = isinstance(field, models.CharField) and not isinstance(
        field, CodesField | TimesField
    )
    return not is_typed or len(fact.text) <= LONGEST_SHORT
