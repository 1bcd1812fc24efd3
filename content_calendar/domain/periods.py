"""The days that a month, a week and the other views of the calendar show. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.text import date_words


def week_begin(day: date, week_start: int) -> date:
    """Return the first day of the week that ``day`` is in; ``week_start`` as ``date.weekday()``."""
    return day - timedelta(days=(day.weekday() - week_start) % 7)


def week_number(first: date) -> int:
    """Return the ISO number of the week that begins on ``first``: that of its Thursday."""
    return (first + timedelta(days=(3 - first.weekday()) % 7)).isocalendar().week


@dataclass(frozen=True)
class CalendarPeriod:
    """The days from ``first`` through ``last``; a grid shows ``shown_first`` to ``shown_last``."""

    first: date
    last: date
    week_start: int

    @property
    def shown_first(self) -> date:
        """The first day of the week that the period begins in."""
        return week_begin(self.first, self.week_start)

    @property
    def shown_last(self) -> date:
        """The last day of the week that the period ends in."""
        return week_begin(self.last, self.week_start) + timedelta(days=6)

    def holds(self, day: date) -> bool:
        """Whether the day is one of the period's own."""
        return self.first <= day <= self.last


class Month(CalendarPeriod):
    """A month of the calendar."""

    @classmethod
    def of(cls, day: date, week_start: int) -> Self:
        """The month that ``day`` is in."""
        first = day.replace(day=1)
        return cls(first, _month_after(first) - timedelta(days=1), week_start)

    @property
    def code(self) -> str:
        """As it stands in an address: 2026-11."""
        return f"{self.first:%Y-%m}"

    @property
    def title(self) -> str:
        """“November 2026”."""
        return pgettext("title of a month", "%(month)s %(year)d") % {
            "month": MONTHS[self.first.month],
            "year": self.first.year,
        }

    @property
    def before(self) -> "Month":
        """The month before."""
        return Month.of(self.first - timedelta(days=1), self.week_start)

    @property
    def after(self) -> "Month":
        """The month after."""
        return Month.of(_month_after(self.first), self.week_start)


class Week(CalendarPeriod):
    """A week of the calendar."""

    @classmethod
    def of(cls, day: date, week_start: int) -> Self:
        """The week that ``day`` is in."""
        first = week_begin(day, week_start)
        return cls(first, first + timedelta(days=6), week_start)

    @property
    def code(self) -> str:
        """As it stands in an address: its first day."""
        return self.first.isoformat()

    @property
    def title(self) -> str:
        """“Week 48, 2026”."""
        year = (self.first + timedelta(days=(3 - self.first.weekday()) % 7)).isocalendar().year
        return _("Week %(number)d, %(year)d") % {"number": week_number(self.first), "year": year}

    @property
    def before(self) -> "Week":
        """The week before."""
        return Week.of(self.first - timedelta(days=1), self.week_start)

    @property
    def after(self) -> "Week":
        """The week after."""
        return Week.of(self.last + timedelta(days=1), self.week_start)


def _month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def span_words(first: date, last: date) -> str:
    """Return “Mon 23 Nov to Sun 6 Dec”, and a single day alone."""
    if first == last:
        return date_words(first, with_year=False)
    return _("%(first)s to %(last)s") % {
        "first": date_words(first, with_year=False),
        "last": date_words(last, with_year=False),
    }
