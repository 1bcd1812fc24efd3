"""Days without any post, and posts on one channel that come too soon after each other."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import floor

from content_calendar.balance.counts import Counts
from content_calendar.balance.days import DAY, FOUR_WEEKS, Days
from content_calendar.balance.plans import PeriodPlan, Plans
from networks.enums import PostFormat
from strategies.in_force import WEEKS

LONGEST_GAP = 7  # days; twice the plan's mean distance where that is longer
CLASH = timedelta(minutes=60)


@dataclass(frozen=True)
class Gap:
    """Days in a row without a post on any channel, more than the ``allowed`` number."""

    days: Days
    allowed: int


@dataclass(frozen=True)
class Clash:
    """Two posts (uids) on one channel less than an hour apart; stories are not counted."""

    channel: str
    first: str
    second: str
    day: date
    minutes: int


def gaps(
    days_with_posts: Collection[date], plans: Plans, *, known: Days, view: Days, today: date
) -> list[Gap]:
    """Return the gaps that share a day with ``view``, the earliest first.

    A gap lies between two posts. Without a post before, it begins with the strategy (or with the
    days ``known``); without one after, it ends four weeks ahead, for nobody has to have planned
    further.
    """
    horizon = max(today, min(view.last, today + FOUR_WEEKS - DAY))
    days = sorted(days_with_posts)
    edges = list(pairwise(days))
    begun = plans.on(min(view.last, today))
    if begun and not any(day <= min(view.last, today) for day in days):
        first = max(begun.starts_on, known.first)
        edges.append((first - DAY, days[0] if days else horizon + DAY))
    if days and days[-1] < horizon:
        edges.append((days[-1], horizon + DAY))
    found = []
    for before, after in sorted(set(edges)):
        allowed = allowed_gap(plans.on(before + DAY))
        if (after - before).days - 1 > allowed:
            gap = Days(before + DAY, after - DAY)
            if gap.meets(view):
                found.append(Gap(gap, allowed))
    return found


def allowed_gap(plan: PeriodPlan | None) -> int:
    """Return how many days in a row may be without a post.

    That is a week, or twice the mean distance of the posts where the plan is for so few; the
    lowest numbers count, where a channel has none its highest.
    """
    if plan is None:
        return LONGEST_GAP
    posts_a_week = sum(
        (
            (cadence.exact_lowest or cadence.exact_highest or Fraction(0)) / WEEKS[cadence.period]
            for cadence in plan.cadences.values()
        ),
        Fraction(0),
    )
    return max(LONGEST_GAP, floor(14 / posts_a_week)) if posts_a_week else LONGEST_GAP


def clashes(counts: Counts, view: Days) -> list[Clash]:
    """Return the clashes whose later post lies in ``view``, by channel and time."""
    around = Days(view.first - DAY, view.last)
    story = PostFormat.STORY.value
    return [
        Clash(
            channel=channel,
            first=first.post,
            second=second.post,
            day=second.day,
            minutes=(second.at - first.at) // timedelta(minutes=1),
        )
        for channel in sorted(counts.versions)
        for first, second in pairwise(
            [one for one in counts.within(channel, around) if one.format != story]
        )
        if second.at - first.at < CLASH and second.day in view
    ]
