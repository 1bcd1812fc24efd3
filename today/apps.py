"""today: everyone's first page."""

from django.apps import AppConfig


class TodayConfig(AppConfig):
    """Everyone's first page."""

    name = "today"
