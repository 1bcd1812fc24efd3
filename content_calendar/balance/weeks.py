"""Posts per week of each channel against the sum of its kinds of post."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from math import ceil, floor

from django.db import models
from django.utils.translation import pgettext_lazy

from content_calendar.balance.days import WEEK, Days, month_of, week_of
from content_calendar.balance.plans import PeriodPlan, Plans
from strategies.enums import CadencePeriod
from strategies.in_force import WEEKS


class WeekState(models.TextChoices):
    """How the number of posts stands; what has not ended is *to go*, never too few."""

    BELOW = "below", pgettext_lazy("posts in a week", "too few")
    RIGHT = "right", pgettext_lazy("posts in a week", "right")
    ABOVE = "above", pgettext_lazy("posts in a week", "too many")
    TO_GO = "to_go", pgettext_lazy("posts in a week", "to go")
    NOT_PLANNED = "not_planned", pgettext_lazy("posts in a week", "no plan")


@dataclass(frozen=True)
class PostsInWeek:
    """The posts of one channel in one week, judged over ``span``.

    ``span`` is the days that the plan counts over: the week itself, the two weeks that it belongs
    to (counted from the first week of the strategy), or the month that holds its middle.
    ``in_span`` are the posts of it on days whose strategy plans the channel; ``lowest`` and
    ``highest`` are what those days ask for, for a part of the span the same part. ``range`` is what
    the strategy says of the whole: “3–5”, or the only number there is; empty without one.
    ``planned_days`` of the span are planned for by a strategy.
    """

    channel: str
    week: Days
    posts: int
    span: Days
    period: CadencePeriod
    in_span: int
    lowest: int | None
    highest: int | None
    state: WeekState
    range: str = ""
    planned_days: int = 0

    @property
    def is_planned_in_part(self) -> bool:
        """Whether a strategy begins or ends within the span."""
        return 0 < self.planned_days < len(self.span)

    @property
    def to_go(self) -> int:
        """How many are still to be planned for the lowest number."""
        return max(0, (self.lowest or 0) - self.in_span)

    @property
    def has_room(self) -> bool:
        """Whether one more is not too many."""
        return self.highest is None or self.in_span < self.highest


def posts_in_week(
    channel: str, week: Days, counts: Mapping[date, int], plans: Plans, *, today: date
) -> PostsInWeek:
    """Judge one week of a channel; ``counts`` are its posts by day."""
    posts = sum(counts.get(day, 0) for day in week)
    ruling = next((plan for day in week if (plan := _plan_on(plans, day, channel))), None)
    if ruling is None:
        return PostsInWeek(
            channel, week, posts, week, CadencePeriod.WEEK, posts, None, None, WeekState.NOT_PLANNED
        )
    cadence = ruling.cadences[channel]
    period = CadencePeriod(cadence.period)
    span = _span(week, period, ruling)
    planned = [(day, plan) for day in span if (plan := _plan_on(plans, day, channel))]
    in_span = sum(counts.get(day, 0) for day, _plan in planned)
    lowest, highest = _numbers(channel, period, len(span), [plan for _day, plan in planned])
    return PostsInWeek(
        channel=channel,
        week=week,
        posts=posts,
        span=span,
        period=period,
        in_span=in_span,
        lowest=None if lowest is None else floor(lowest),
        highest=None if highest is None else ceil(highest),
        state=_state(in_span, lowest, highest, has_ended=span.last < today),
        range=cadence.range,
        planned_days=len(planned),
    )


def _plan_on(plans: Plans, day: date, channel: str) -> PeriodPlan | None:
    plan = plans.on(day)
    return plan if plan and channel in plan.cadences else None


def _span(week: Days, period: CadencePeriod, plan: PeriodPlan) -> Days:
    match period:
        case CadencePeriod.WEEK:
            return week
        case CadencePeriod.TWO_WEEKS:
            anchor = week_of(plan.starts_on, week.first.weekday()).first
            first = week.first - (week.first - anchor).days // 7 % 2 * WEEK
            return Days(first, week.last if first < week.first else week.last + WEEK)
        case CadencePeriod.MONTH:
            return month_of(week.middle)


def _numbers(
    channel: str, period: CadencePeriod, length: int, plans: Sequence[PeriodPlan]
) -> tuple[Fraction | None, Fraction | None]:
    """Return the lowest and the highest number that a span of ``length`` days asks for.

    ``plans`` are those of its days; each day gives its part. One without a lowest number asks for
    none, one without a highest leaves the whole open.
    """
    lowest = highest = Fraction(0)
    has_lowest, has_highest = False, True
    for _plan, of_days in groupby(plans, key=id):
        days = list(of_days)
        cadence = days[0].cadences[channel]
        part = Fraction(len(days), length) * WEEKS[period] / WEEKS[CadencePeriod(cadence.period)]
        if cadence.exact_lowest is not None:
            has_lowest = True
            lowest += cadence.exact_lowest * part
        if cadence.exact_highest is None:
            has_highest = False
        else:
            highest += cadence.exact_highest * part
    return lowest if has_lowest else None, highest if has_highest else None


def _state(
    posts: int, lowest: Fraction | None, highest: Fraction | None, *, has_ended: bool
) -> WeekState:
    if highest is not None and posts > ceil(highest):
        return WeekState.ABOVE
    if lowest is not None and posts < floor(lowest):
        return WeekState.BELOW if has_ended else WeekState.TO_GO
    return WeekState.RIGHT
