"""content_calendar: what the approved strategy asks the calendar to hold."""

from django.apps import AppConfig


class ContentCalendarConfig(AppConfig):
    """What the approved strategy asks the calendar to hold."""

    name = "content_calendar"
