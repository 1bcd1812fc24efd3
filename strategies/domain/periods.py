"""The months a strategy is planned for, and what a period is called."""

import re
from calendar import monthrange
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

MONTHS = 6  # for how long a strategy is planned unless somebody says otherwise
YEARS_AT_MOST = 10  # a name that spans more names no period

_YEARS = re.compile(r"\b(20\d\d)(?:\s*[/–-]\s*(\d\d)\b(?!\d))?")
_WORDS = re.compile(r"[^\W\d_]+\d?")


def months_later(day: date, months: int) -> date:
    """Return the first of the month that lies ``months`` after that of ``day``."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def next_start(today: date) -> date:
    """Return the first day of what is planned ``today``: that of next month."""
    return months_later(today, 1)


def last_day(starts_on: date, months: int = MONTHS) -> date:
    """Return the last of the ``months`` that begin with ``starts_on``."""
    return months_later(starts_on, months) - timedelta(days=1)


def name_of_months(starts_on: date, months: int = MONTHS) -> str:
    """Name a period by its first and last month; the year stands once where it is one."""
    return name_of_period(starts_on, last_day(starts_on, months))


def name_of_period(starts_on: date, ends_on: date) -> str:
    """Name a period by its first and last month; by what it is where it is a month or a year."""
    is_one_year = starts_on.year == ends_on.year
    if is_one_year and (starts_on.month, ends_on.month) == (1, 12):
        return str(starts_on.year)
    if is_one_year and starts_on.month == ends_on.month:
        return date_format(starts_on, "F Y")
    return _("%(first)s to %(last)s") % {
        "first": date_format(starts_on, "F" if is_one_year else "F Y"),
        "last": date_format(ends_on, "F Y"),
    }


def words_of_periods() -> dict[str, tuple[int, int]]:
    """Return the words that name a part of a year, each with its first and last month.

    Winter lasts into the next year: its last month is the 14th. static/js/parts/period.js reads the
    same words.
    """
    months = [date(2027, month, 1) for month in range(1, 13)]
    found = {date_format(day, form).casefold(): day.month for day in months for form in ("F", "M")}
    words = {word.rstrip("."): (month, month) for word, month in found.items()}
    words |= {f"q{number}": (3 * number - 2, 3 * number) for number in range(1, 5)}
    words |= {"h1": (1, 6), "h2": (7, 12), _("spring"): (3, 5), _("summer"): (6, 8)}
    return words | {_("autumn"): (9, 11), _("fall"): (9, 11), _("winter"): (12, 14)}


def period_of_name(name: str) -> tuple[date, date] | None:
    """Return the first and last day that a name like “Spring 2027” says; None where it says none.

    “January to June 2027”, “Q3 2027”, “2027”, “Winter 2026/27” and “October 2026 to March 2027” do.
    """
    text = name.casefold().replace("first half", "h1").replace("second half", "h2")
    years: list[int] = []
    for year, following in _YEARS.findall(text):
        years.append(int(year))
        if following and int(following) == (int(year) + 1) % 100:
            years.append(int(year) + 1)
    if not years:
        return None
    known = words_of_periods()
    parts = [known[word] for word in _WORDS.findall(text) if word in known]
    first, last = (parts[0], parts[-1]) if parts else ((1, 1), (12, 12))
    begins, ends = years[0], years[-1]
    if last[1] > 12 and begins < ends:
        ends -= 1  # “2026/27” says already that winter lasts into the next year
    elif begins == ends and first[0] > last[0]:
        begins -= 1
    extra, month = divmod(last[1] - 1, 12)
    ends += extra
    starts_on = date(begins, first[0], 1)
    ends_on = date(ends, month + 1, monthrange(ends, month + 1)[1])
    is_a_period = starts_on <= ends_on and ends - begins <= YEARS_AT_MOST
    return (starts_on, ends_on) if is_a_period else None
