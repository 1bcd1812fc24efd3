"""activity: who did what."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    """Who did what."""

    name = "activity"
