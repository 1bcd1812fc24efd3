"""activity: who did what."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    """Who did what."""

    name = "activity"

    def ready(self) -> None:
        """Find every app's verbs, and keep the log of the app below."""
        from activity.services import record
        from activity.verbs import VERBS
        from workspaces.log import write_with

        write_with(record)
        VERBS.discover()
