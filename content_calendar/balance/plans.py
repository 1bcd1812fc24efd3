"""What the strategy of a day asks, read once from its answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from content_calendar.balance.posts import StrategyPeriod
from core.enums import ContentCategory
from networks.enums import PostFormat
from strategies.in_force import (
    Answers,
    Cadence,
    ContentPlanAnswer,
    PostKindAnswer,
    cadence_of,
    kinds_by_channel,
    minutes_of_format,
)

# Without a strategy: the usual thirds, percent, and the tolerance that a new strategy begins with.
USUAL_MIX = dict(zip(ContentCategory, (34, 33, 33), strict=True))
USUAL_TOLERANCE = 10


@dataclass(frozen=True)
class MixTarget:
    """Percents of the categories that sum to 100, and points of tolerance.

    ``is_usual``: nobody has decided it, these are the usual thirds.
    """

    percents: Mapping[ContentCategory, int]
    tolerance: int
    is_usual: bool = False


USUAL_TARGET = MixTarget(USUAL_MIX, USUAL_TOLERANCE, is_usual=True)


@dataclass(frozen=True)
class PeriodPlan:
    """One strategy: its days, and what it asks of them, by the uid of the channel."""

    starts_on: date
    ends_on: date
    answers: Answers
    target: MixTarget
    kinds: Mapping[str, Sequence[PostKindAnswer]]
    cadences: Mapping[str, Cadence]
    minutes: Mapping[str, int]
    minutes_a_week: Decimal | None


def target_mix(content: ContentPlanAnswer) -> dict[ContentCategory, int]:
    """Return the percent of each category, or nothing where they do not come to 100."""
    target = {category: getattr(content, category.value) or 0 for category in ContentCategory}
    return target if sum(target.values()) == 100 else {}


class Plans:
    """The strategies by day. Periods do not overlap."""

    def __init__(self, strategies: Sequence[StrategyPeriod]) -> None:
        self.periods = [
            _plan(period) for period in sorted(strategies, key=lambda one: one.starts_on)
        ]
        self._by_day: dict[date, PeriodPlan | None] = {}

    def on(self, day: date) -> PeriodPlan | None:
        """Return what holds on ``day``, or None."""
        if day not in self._by_day:
            self._by_day[day] = next(
                (one for one in self.periods if one.starts_on <= day <= one.ends_on), None
            )
        return self._by_day[day]

    def target_on(self, day: date) -> MixTarget:
        """Return the mix aimed at on ``day``: the usual thirds without a strategy."""
        plan = self.on(day)
        return plan.target if plan else USUAL_TARGET


def _plan(period: StrategyPeriod) -> PeriodPlan:
    answers = period.answers
    content = answers.content_plan
    percents = target_mix(content)
    tolerance = USUAL_TOLERANCE if content.tolerance is None else content.tolerance
    kinds = {
        channel: rows
        for channel, rows in kinds_by_channel(answers).items()
        if cadence_of(rows).kinds
    }
    hours = answers.ownership.hours_per_week
    return PeriodPlan(
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        answers=answers,
        target=MixTarget(percents, tolerance) if percents else USUAL_TARGET,
        kinds=kinds,
        cadences={channel: cadence_of(rows) for channel, rows in kinds.items()},
        minutes={one.value: minutes_of_format(content, one) or 0 for one in PostFormat},
        minutes_a_week=None if hours is None else hours * 60,
    )
