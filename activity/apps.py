"""activity: who did what."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "activity"

    def ready(self) -> None:
        """Find every app's activity types, and keep the log of the app below."""
        from activity.activity_types import VERBS
        from activity.services import record
        from workspaces.log import write_with

        write_with(record)
        VERBS.discover()
