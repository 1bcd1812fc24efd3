"""The figures of an approved strategy beside their readings, and how each is doing in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from core.templatetags.ui_tags import day
from core.text import number_text
from measurement.models import Reading
from strategies.enums import Direction, ReadEvery
from strategies.in_force import Answers, KpiAnswer, answers_of
from strategies.models import Strategy, StrategyVersion

#: Days between two readings.
INTERVALS = {
    ReadEvery.WEEK: 7,
    ReadEvery.MONTH: 31,
    ReadEvery.QUARTER: 92,
    ReadEvery.HALF_YEAR: 184,
}
#: Days before the planned day from which a reading counts as the planned one.
EARLY = {ReadEvery.WEEK: 3, ReadEvery.MONTH: 14, ReadEvery.QUARTER: 30, ReadEvery.HALF_YEAR: 60}
EARLY_ONCE = 30


@dataclass(frozen=True)
class FigureVerdict:
    """How a figure is doing; ``look`` is the colour word's end (good, warn, tip) or nothing."""

    words: str
    look: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure, the period it is promised in, and its readings, oldest first."""

    kpi: KpiAnswer
    starts_on: date
    ends_on: date
    readings: Sequence[Reading]

    @property
    def uid(self) -> UUID:
        return UUID(self.kpi.uid)

    @property
    def last(self) -> Reading | None:
        return self.readings[-1] if self.readings else None

    @property
    def by_on(self) -> date:
        """The day by which the target should be reached."""
        return self.kpi.by_on or self.ends_on

    def expected_on(self, read_on: date) -> Decimal | None:
        """Return what it would be on a day, were it going straight from today's figure to the target."""
        baseline, target = self.kpi.baseline, self.kpi.target
        if baseline is None or target is None:
            return None
        days = (self.by_on - self.starts_on).days
        gone = min(max((read_on - self.starts_on).days, 0), days)
        return baseline + (target - baseline) * gone / days if days > 0 else target


def figures_of(version: StrategyVersion) -> list[Figure]:
    """Return the figures of an approved version, in the order of the answers; one query."""
    readings: dict[UUID, list[Reading]] = {}
    found = Reading.objects.live().filter(strategy=version.strategy_id).order_by("read_on")
    for reading in found.select_related("updated_by"):
        readings.setdefault(reading.figure, []).append(reading)
    answers = answers_of(version)
    return [_figure(version, kpi, readings.get(UUID(kpi.uid), ())) for kpi in answers.kpis]


def figure_of(strategy: Strategy, uid: UUID) -> Figure | None:
    """Return one figure of what was approved of ``strategy``, or None."""
    version = strategy.versions.approved().first()
    if version is None:
        return None
    answers: Answers = answers_of(version)
    kpi = next((kpi for kpi in answers.kpis if kpi.uid == str(uid)), None)
    if kpi is None:
        return None
    readings = Reading.objects.of_figure(strategy, uid).select_related("updated_by")
    return _figure(version, kpi, list(readings))


def _figure(version: StrategyVersion, kpi: KpiAnswer, readings: Sequence[Reading]) -> Figure:
    return Figure(kpi, version.starts_on, version.ends_on, readings)


def counts_from(planned_on: date, read_every: str) -> date:
    """Return the first day on which a reading counts as the one planned for a day."""
    days = EARLY.get(ReadEvery(read_every), EARLY_ONCE) if read_every else EARLY_ONCE
    return planned_on - timedelta(days=days)


def number_words(value: Decimal) -> str:
    """Write a number for reading, with two places at most."""
    return number_text(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


def verdict_of(figure: Figure, *, today: date) -> FigureVerdict:
    """Say how a figure is doing: not read, reached, on the way, behind by how much."""
    last = figure.last
    if last is None:
        return FigureVerdict(_("Not read yet."), "tip")
    if figure.kpi.is_sign:
        return (
            FigureVerdict(_("Seen."), "good")
            if last.value
            else FigureVerdict(_("Not seen yet."), "tip")
        )
    if _is_overdue(figure, last, today):
        return FigureVerdict(_("Not read since %(day)s.") % {"day": day(last.read_on)}, "warn")
    return _against_target(figure, last)


def _is_overdue(figure: Figure, last: Reading, today: date) -> bool:
    """Whether two planned readings in a row were left out."""
    every = INTERVALS.get(ReadEvery(figure.kpi.read_every)) if figure.kpi.read_every else None
    return every is not None and (min(today, figure.ends_on) - last.read_on).days > 2 * every


def _against_target(figure: Figure, last: Reading) -> FigureVerdict:
    kpi = figure.kpi
    if kpi.direction == Direction.FOLLOW:
        return FigureVerdict(_("Only followed."))
    if kpi.target is None:
        return FigureVerdict(_("It has no target."))
    if kpi.direction == Direction.KEEP:
        apart = abs(last.value - kpi.target)
        if not apart:
            return FigureVerdict(_("Where it should stay."), "good")
        return FigureVerdict(_("%(number)s from where it should stay.") % _number(apart), "warn")
    sign = -1 if kpi.direction == Direction.DOWN else 1
    if sign * (last.value - kpi.target) >= 0:
        return FigureVerdict(_("Reached."), "good")
    expected = figure.expected_on(last.read_on)
    if expected is None:
        return FigureVerdict(_("%(number)s to go.") % _number(abs(kpi.target - last.value)))
    behind = sign * (expected - last.value)
    if behind <= 0:
        return FigureVerdict(_("On the way."), "good")
    return FigureVerdict(_("Behind by %(number)s.") % _number(behind), "warn")


def _number(value: Decimal) -> dict[str, str]:
    return {"number": number_words(value)}
