"""content_calendar: posts, and how they stand against the approved strategy."""

from django.apps import AppConfig


class ContentCalendarConfig(AppConfig):
    """Posts, and how they stand against the approved strategy."""

    name = "content_calendar"
