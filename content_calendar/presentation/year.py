"""A year at a glance: how many posts each week has."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from content_calendar.domain.periods import Month, Week, week_number
from content_calendar.presentation.campaigns import Campaign

#: From this many posts on a week is drawn darker; the last step is the darkest.
STEPS = (1, 3, 6, 10)


@dataclass(frozen=True)
class YearWeek:
    """One week: its number, its posts, and what runs in it."""

    first: date
    number: int
    posts: int
    campaigns: list[Campaign]
    is_now: bool

    @property
    def shade(self) -> int:
        """0 without posts, then 1 to 4."""
        return sum(self.posts >= step for step in STEPS)


@dataclass(frozen=True)
class YearMonth:
    """The weeks that begin in a month."""

    month: Month
    weeks: list[YearWeek]

    @property
    def posts(self) -> int:
        """The posts of its weeks."""
        return sum(week.posts for week in self.weeks)


def months_of(
    year: int,
    counts: Iterable[tuple[date, int]],
    campaigns: list[Campaign],
    *,
    week_start: int,
    today: date,
) -> list[YearMonth]:
    """Return the months of a year; ``counts`` has the posts of each day."""
    by_week: Counter[date] = Counter()
    for day, number in counts:
        by_week[Week.of(day, week_start).first] += number
    months = []
    for number in range(1, 13):
        month = Month.of(date(year, number, 1), week_start)
        weeks = []
        first = month.shown_first
        if first < month.first:
            first += timedelta(days=7)
        while first <= month.last:
            last = first + timedelta(days=6)
            weeks.append(
                YearWeek(
                    first,
                    week_number(first),
                    by_week[first],
                    [one for one in campaigns if one.first <= last and one.last >= first],
                    is_now=first <= today <= last,
                )
            )
            first += timedelta(days=7)
        months.append(YearMonth(month, weeks))
    return months
