"""activity: who did what."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ActivityConfig(AppConfig):
    """Who did what."""

    name = "activity"

    def ready(self) -> None:
        """Find every app's verbs, and keep the log of the app below."""
        from activity.services import record
        from workspaces.log import write_with

        write_with(record)
        autodiscover_modules("verbs")
