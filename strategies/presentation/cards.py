"""What a question page shows of its rows: plain values made from the answers, without the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext

from core.findings import Severity
from core.text import cut
from strategies.domain.answer_types import Answer, ChannelAnswer, is_value
from strategies.domain.answers import Answers
from strategies.domain.checks import AnswerFinding, StepState, for_step, step_state
from strategies.domain.checks.state import is_row_touched, left_open, open_in
from strategies.domain.links import Target
from strategies.domain.questionnaire import STEPS
from strategies.domain.row_kind import RowKind, Step
from strategies.domain.titles import row_title, row_titles
from strategies.models import ChannelRow
from strategies.presentation.answer_display import Fact, labelled, row_facts
from strategies.presentation.card_summary import WORDS_AT_MOST, line_of
from strategies.presentation.summary import as_read

TOGETHER_AT_LEAST = 3  # rows that leave a field open, to be answered in one go


@dataclass(frozen=True)
class Card:
    """One folded row: its title and a line of its answers.

    ``left_open`` names what the first pass still asks of it, so that *begun* can become *done*;
    ``is_blank`` tells that it says no more than when it was made.
    ``move_url`` is where its place is changed; empty where it may not be.
    """

    kind: RowKind
    uid: str
    title: str
    line: str
    not_known: tuple[str, ...]
    left_open: tuple[str, ...]
    facts: tuple[Fact, ...]
    rank: int
    is_last: bool
    is_blank: bool = False
    move_url: str = ""

    @property
    def edit_label(self) -> str:
        """What its button does, said without seeing the card."""
        return gettext("Edit %(title)s") % {"title": self.title}

    @property
    def not_known_words(self) -> str:
        """What was answered with *not known yet*, in a sentence."""
        return gettext("Not known yet: %(fields)s") % {"fields": "; ".join(self.not_known)}

    @property
    def left_open_words(self) -> str:
        """What the first pass still asks, in a sentence."""
        return gettext("Still to say: %(fields)s") % {"fields": "; ".join(self.left_open)}

    @property
    def up_label(self) -> str:
        """What the button with the arrow up does."""
        return gettext("Move %(title)s up") % {"title": self.title}

    @property
    def down_label(self) -> str:
        """What the button with the arrow down does."""
        return gettext("Move %(title)s down") % {"title": self.title}


@dataclass(frozen=True)
class OpenField:
    """A field that several rows leave open, and ``words``: what it asks, and of how many."""

    name: str
    words: str


@dataclass
class Section:
    """The rows of one kind in a question.

    ``opened`` is the form that stands in the place of the card with ``opened_uid``, ``adding`` the
    form of a row to be added. ``table`` is the form of
    the table of channels, where that stands in the place of the cards.
    """

    kind: RowKind
    cards: list[Card]
    opened: Any = None
    opened_uid: str = ""
    adding: Any = None
    paste: Any = None
    is_paste_open: bool = False
    channels_without: list[ChannelAnswer] = field(default_factory=list)
    open_fields: list[OpenField] = field(default_factory=list)
    table: Any = None


@dataclass(frozen=True)
class StepLink:
    """One question in the stepper."""

    step: Step
    state: StepState
    is_current: bool


def sections(answers: Answers, step: Step) -> list[Section]:
    """Return the kinds of ``step`` with their cards."""
    titles = row_titles(answers)
    return [
        Section(
            kind,
            cards(answers, kind, titles),
            channels_without=_channels_without(answers, kind),
            open_fields=_open_fields(answers, kind),
        )
        for kind in step.kinds
    ]


def cards(answers: Answers, kind: RowKind, titles: Mapping[str, str]) -> list[Card]:
    """Return a card for every row of ``kind``."""
    rows = answers.of_kind(kind.code)
    return [
        _card(
            kind,
            row,
            titles,
            rank,
            is_last=rank == len(rows),
        )
        for rank, row in enumerate(rows, start=1)
        if row.uid or not kind.single
    ]


def card_title(answers: Answers, kind: RowKind, row: Answer) -> str:
    """Return what the card of ``row`` is called."""
    return cut(row_title(answers, kind.code, row), WORDS_AT_MOST)


def _card(
    kind: RowKind,
    row: Answer,
    titles: Mapping[str, str],
    rank: int,
    *,
    is_last: bool,
) -> Card:
    """Return the card of a row; ``titles`` are those of all rows by uid."""
    title = titles[row.uid]
    found = row_facts(kind, row, title, titles)
    return Card(
        kind=kind,
        uid=row.uid,
        title=cut(title, WORDS_AT_MOST),
        line=line_of(kind, row, found),
        not_known=tuple(
            kind.asked(fact.field).rstrip("?")
            for fact in found
            if not is_value(getattr(row, fact.field))
        ),
        left_open=tuple(
            kind.asked(name).rstrip("?")
            for name in (left_open(row, kind) if kind.first_pass else ())
        ),
        facts=tuple(fact for fact in as_read(kind, row, found) if fact.text != title),
        rank=rank,
        is_last=is_last,
        is_blank=not is_row_touched(row, kind),
    )


def _channels_without(answers: Answers, kind: RowKind) -> list[ChannelAnswer]:
    """The channels that no row of ``kind`` speaks of; none for other kinds."""
    if not issubclass(kind.model, ChannelRow):
        return []
    has = {getattr(row, "channel", "") for row in answers.of_kind(kind.code)}
    return [channel for channel in answers.channels if channel.uid not in has]


def _open_fields(answers: Answers, kind: RowKind) -> list[OpenField]:
    """What so many rows leave open that they are better answered together."""
    return [
        OpenField(name, labelled(capfirst(kind.asked(name)), kind.count(len(uids))))
        for name, uids in open_in(answers.of_kind(kind.code), kind).items()
        if len(uids) >= TOGETHER_AT_LEAST
    ]


def step_links(answers: Answers, findings: list[AnswerFinding], current: Step) -> list[StepLink]:
    """Return the stepper."""
    return [StepLink(step, step_state(answers, findings, step), step is current) for step in STEPS]


def elsewhere(findings: list[AnswerFinding], step: Step) -> list[AnswerFinding]:
    """Return what must be fixed in other questions."""
    here = {id(finding) for finding in for_step(findings, step.code)}
    return [
        finding
        for finding in findings
        if id(finding) not in here and finding.severity == Severity.BLOCKER
    ]


def target_of(kind: RowKind, step: Step, uid: str) -> Target:
    """Return what ``answer_url`` needs for a card."""
    return Target(step.code, kind.code, uid)
