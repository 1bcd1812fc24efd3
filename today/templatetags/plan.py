"""How the plan for a week is written."""

from decimal import Decimal

from django import template
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from content_calendar.plan import ChannelWeek
from core.text import about_text, days_text
from strategies.in_force import ChannelAnswer

register = template.Library()


@register.filter
def work(minutes: Decimal) -> str:
    """Write minutes as hours and minutes, about."""
    return about_text(minutes)


@register.filter
def glyph(channel: ChannelAnswer) -> str:
    """The icon of the channel's network."""
    return f"net-{channel.network}"


@register.filter
def good_hours(week: ChannelWeek) -> str:
    """Write good days and hours: “Mon, Thu, 17:00 to 20:00”; empty where none are said.

    No line ends inside the hours.
    """
    days = days_text(week.days)
    if week.starts_at and week.ends_at:
        hours = _("%(from)s to %(to)s") % {
            "from": time_format(week.starts_at, "H:i"),
            "to": time_format(week.ends_at, "H:i"),
        }
        hours = hours.replace(" ", "\u00a0")
        return _("%(days)s, %(hours)s") % {"days": days, "hours": hours} if days else hours
    return days
