"""What a question page shows of its rows: plain values made from the answers, without the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext

from core.findings import Finding, Severity, Target
from core.text import cut
from strategies.answers import (
    Answer,
    Answers,
    ChannelAnswer,
    ChannelPlanAnswer,
    KpiAnswer,
    PeriodAnswer,
)
from strategies.checks import StepState, for_step, step_state
from strategies.checks.state import left_open
from strategies.facts import (
    TITLE_FIELDS,
    Fact,
    asked,
    beneath_title,
    days_text,
    is_value,
    row_facts,
    row_title,
    row_titles,
    time_text,
)
from strategies.models import ChannelRow
from strategies.overview import as_read, posts_text
from strategies.questionnaire import STEPS, RowKind, Step

WORDS_AT_MOST = 160
BETWEEN = "\u00a0· "  # the dot stays at the end of a line


@dataclass(frozen=True)
class Card:
    """One folded row: its title and a line of its answers.

    ``left_open`` names what the first pass still asks of it, so that *begun* can become *done*.
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


@dataclass
class Section:
    """The rows of one kind in a question.

    ``opened`` is the form that stands in the place of the card with ``opened_uid``, ``adding`` the
    form of a row to be added.
    """

    kind: RowKind
    cards: list[Card]
    opened: Any = None
    opened_uid: str = ""
    adding: Any = None
    paste: Any = None
    is_paste_open: bool = False
    channels_without: list[ChannelAnswer] = field(default_factory=list)


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
        )
        for kind in step.kinds
    ]


def cards(answers: Answers, kind: RowKind, titles: Mapping[str, str]) -> list[Card]:
    """Return a card for every row of ``kind``."""
    rows = answers.of_kind(kind.code)
    return [
        _card(answers, kind, row, rank, rank == len(rows), titles)
        for rank, row in enumerate(rows, start=1)
        if row.uid or not kind.single
    ]


def _card(
    answers: Answers,
    kind: RowKind,
    row: Answer,
    rank: int,
    is_last: bool,
    titles: Mapping[str, str],
) -> Card:
    title = row_title(answers, kind.code, row)
    found = row_facts(kind, row, title, titles)
    said = [fact for fact in found if is_value(getattr(row, fact.field))]
    left_out = _title_fields(kind, row)
    words = [_in_line(row, fact) for fact in said if fact.field not in left_out and fact.text]
    if isinstance(row, ChannelPlanAnswer):
        words = [*filter(None, (posts_text(row), _hours(row))), *words]
    rest = " ".join(beneath_title(kind.code, row).split())
    return Card(
        kind=kind,
        uid=row.uid,
        title=cut(title, WORDS_AT_MOST),
        line=_line([rest, *words] if rest else words),
        not_known=tuple(fact.label.rstrip("?") for fact in found if fact not in said),
        left_open=tuple(
            capfirst(asked(kind, name)).rstrip("?")
            for name in (left_open(row, kind) if kind.first_pass else ())
        ),
        facts=tuple(fact for fact in as_read(row, found) if fact.text != title),
        rank=rank,
        is_last=is_last,
    )


def _line(words: Sequence[str]) -> str:
    """Set the answers one after the other, as many whole ones as there is room for."""
    line = ""
    for word in words:
        longer = f"{line}{BETWEEN}{word}" if line else cut(word, WORDS_AT_MOST)
        if len(longer) > WORDS_AT_MOST:
            return f"{line}{BETWEEN}…"
        line = longer
    return line


def _title_fields(kind: RowKind, row: Answer) -> set[str]:
    """The fields that the title says already, and those that say what every row begins with."""
    if isinstance(row, ChannelAnswer):
        return {"network", "other_network", "handle", "address", "operator_kind"}
    if isinstance(row, KpiAnswer):
        return {"metric", "name", "direction"}
    if isinstance(row, ChannelPlanAnswer):
        # How often is said in words; without it the usual format is only what every row begins with.
        is_planned = row.lowest is not None or row.highest is not None
        in_words = {"channel", "lowest", "highest", "period", "days"}
        if row.starts_at and row.ends_at:
            in_words |= {"starts_at", "ends_at"}
        return in_words if is_planned else {*in_words, "format"}
    if issubclass(kind.model, ChannelRow):
        return {"channel"}
    return {TITLE_FIELDS.get(kind.code, "")}


def _hours(plan: ChannelPlanAnswer) -> str:
    """The good days and hours; hours of which only one end is said stand by themselves."""
    days = days_text(plan.days)
    if not plan.starts_at or not plan.ends_at:
        return days
    hours = gettext("%(first)s to %(last)s") % {
        "first": time_text(plan.starts_at),
        "last": time_text(plan.ends_at),
    }
    return ", ".join(filter(None, (days, hours)))


def _in_line(row: Answer, fact: Fact) -> str:
    """Texts stand for themselves; numbers, dates and people need their label."""
    value = getattr(row, fact.field)
    text = " ".join(fact.text.split())
    if isinstance(value, str | tuple) or isinstance(row, PeriodAnswer):
        return text
    return f"{fact.label.rstrip('?')}: {text}"


def _channels_without(answers: Answers, kind: RowKind) -> list[ChannelAnswer]:
    """The channels that no row of ``kind`` speaks of; none for other kinds."""
    if not issubclass(kind.model, ChannelRow):
        return []
    has = {getattr(row, "channel", "") for row in answers.of_kind(kind.code)}
    return [channel for channel in answers.channels if channel.uid not in has]


def step_links(answers: Answers, findings: list[Finding], current: Step) -> list[StepLink]:
    """Return the stepper."""
    return [StepLink(step, step_state(answers, findings, step), step is current) for step in STEPS]


def elsewhere(findings: list[Finding], step: Step) -> list[Finding]:
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
