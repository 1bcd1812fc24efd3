"""How the plan for a week is written."""

from decimal import Decimal

from django import template
from django.utils.formats import time_format

from content_calendar.plan import KindOfPost
from core.text import LIST_SEPARATOR, about_text, days_text
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
def good_times(kind: KindOfPost) -> str:
    """Write good days and times: “Mon, Thu, 17:00, 20:00”; empty where none are said."""
    times = [time_format(at, "H:i") for at in kind.times]
    return LIST_SEPARATOR.join(filter(None, [days_text(kind.days), *times]))
