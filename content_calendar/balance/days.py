"""Stretches of days: weeks, months, the last four weeks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
FOUR_WEEKS = timedelta(days=28)
WEEKS_AHEAD = 4  # how far ahead is looked for what to plan next


@dataclass(frozen=True, order=True)
class Days:
    """From ``first`` to ``last``, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __iter__(self) -> Iterator[date]:
        return (self.first + number * DAY for number in range(len(self)))

    def meets(self, other: "Days") -> bool:
        """Whether they share a day."""
        return self.first <= other.last and other.first <= self.last

    @property
    def middle(self) -> date:
        """The day in the middle, the earlier of two."""
        return self.first + (len(self) - 1) // 2 * DAY


def week_of(day: date, week_start: int) -> Days:
    """Return the week that holds ``day``; ``week_start`` as ``date.weekday()`` counts."""
    first = day - (day.weekday() - week_start) % 7 * DAY
    return Days(first, first + 6 * DAY)


def weeks_of(days: Days, week_start: int) -> list[Days]:
    """Return the whole weeks that share a day with ``days``."""
    first = week_of(days.first, week_start).first
    number = len(Days(first, week_of(days.last, week_start).last)) // 7
    return [Days(first + n * WEEK, first + n * WEEK + 6 * DAY) for n in range(number)]


def week_number(week: Days) -> int:
    """Return the ISO number of the week that holds most of its days."""
    return week.middle.isocalendar().week


def month_of(day: date) -> Days:
    """Return the calendar month that holds ``day``."""
    first = day.replace(day=1)
    return Days(first, (first + 31 * DAY).replace(day=1) - DAY)


def four_weeks_to(day: date) -> Days:
    """Return the four weeks whose last day is ``day``."""
    return Days(day - FOUR_WEEKS + DAY, day)


def weeks_ahead(today: date, week_start: int) -> list[Days]:
    """Return the weeks that something can be planned in: from that of tomorrow on."""
    return weeks_of(Days(today + DAY, today + WEEKS_AHEAD * WEEK), week_start)


def month_in_view(view: Days, today: date) -> Days:
    """Return the month that a view is about: today's where it shows today, else that of its middle."""
    return month_of(today if today in view else view.middle)


def days_needed(first: date, last: date, today: date) -> Days:
    """Return the days whose posts ``balance_of`` must be given for a view from ``first`` to ``last``.

    Behind: eight weeks before today for the last ten posts of a channel, and the month and the
    fortnight that the view begins in. Ahead: the weeks looked at for what to plan next and their
    months, and the month and the fortnight that the view ends in. Four weeks on either side show where a gap at
    the edge of the view begins and ends.
    """
    behind = min(month_of(first - WEEK).first, first - FOUR_WEEKS, today - 2 * FOUR_WEEKS + DAY)
    furthest = today + (WEEKS_AHEAD + 1) * WEEK
    ahead = max(month_of(last + WEEK).last, last + FOUR_WEEKS, month_of(furthest).last)
    return Days(behind, ahead)
