"""How far off a day is, in words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.text import date_words

DAYS_AHEAD = 14  # further ahead the date alone says enough
DAYS_LATE = 13  # from two weeks on a delay is told in weeks


def relative_words(day: date, today: date) -> str:
    """Say how far ahead a day is, up to two weeks; empty beyond and in the past."""
    days = (day - today).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if 1 < days <= DAYS_AHEAD:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ""


def by_words(day: date, today: date) -> str:
    """Return the sentence “By Tue 24 Nov, tomorrow.”"""
    written = date_words(day, with_year=day.year != today.year)
    near = relative_words(day, today)
    if near:
        return _("By %(day)s, %(near)s.") % {"day": written, "near": near}
    return _("By %(day)s.") % {"day": written}


def late_words(due_on: date, today: date) -> str:
    """Say how late something is: days up to two weeks, then whole weeks; empty when it is not."""
    days = (today - due_on).days
    if days <= 0:
        return ""
    if days <= DAYS_LATE:
        return ngettext("Late %(days)d day", "Late %(days)d days", days) % {"days": days}
    weeks = days // 7
    return ngettext("Late %(weeks)d week", "Late %(weeks)d weeks", weeks) % {"weeks": weeks}
