"""The months a strategy is planned for."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

MONTHS = 6  # for how long a strategy is planned unless somebody says otherwise


def months_later(day: date, months: int) -> date:
    """Return the first of the month that lies ``months`` after that of ``day``."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def next_start(today: date) -> date:
    """Return the first day of what is planned ``today``: that of next month."""
    return months_later(today, 1)


def name_of_months(starts_on: date, months: int = MONTHS) -> str:
    """Name a period by its first and last month; the year stands once where it is one."""
    last = months_later(starts_on, months) - timedelta(days=1)
    return _("%(first)s to %(last)s") % {
        "first": date_format(starts_on, "F" if starts_on.year == last.year else "F Y"),
        "last": date_format(last, "F Y"),
    }
