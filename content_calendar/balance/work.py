"""The work that a week's posts take, against the hours of question 3."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from content_calendar.balance.days import Days
from content_calendar.balance.plans import Plans
from content_calendar.balance.posts import CountedPost
from networks.enums import PostFormat
from strategies.in_force import WORK_TOLERANCE


@dataclass(frozen=True)
class WorkInWeek:
    """Minutes of a week: what its posts take, and what there is (None where it is not said)."""

    week: Days
    minutes: Decimal
    available: Decimal | None

    @property
    def is_above(self) -> bool:
        """Whether the work is above the hours by more than a quarter."""
        return self.available is not None and self.minutes > self.available * WORK_TOLERANCE


def work_in_weeks(
    posts: Iterable[CountedPost], weeks: Sequence[Days], plans: Plans
) -> list[WorkInWeek]:
    """Add up the work of each week.

    A post takes the minutes of each format that it is made in, once: the same image on two
    channels is made once. A format not chosen is a text or link. The minutes are those of the
    strategy on the post's day, without one there are none. Hours are counted by day, so that a
    week in which a strategy begins has its part of them.
    """
    by_day: dict[date, int] = defaultdict(int)
    within = Days(weeks[0].first, weeks[-1].last)
    for post in posts:
        if post.day in within and (plan := plans.on(post.day)):
            formats = {version.format or PostFormat.TEXT.value for version in post.versions}
            by_day[post.day] += sum(plan.minutes.get(one, 0) for one in formats)
    return [
        WorkInWeek(
            week=week,
            minutes=Decimal(sum(by_day.get(day, 0) for day in week)),
            available=_available(week, plans),
        )
        for week in weeks
    ]


def _available(week: Days, plans: Plans) -> Decimal | None:
    hours = [
        plan.minutes_a_week
        for day in week
        if (plan := plans.on(day)) and plan.minutes_a_week is not None
    ]
    return sum(hours, Decimal(0)) / len(week) if hours else None
