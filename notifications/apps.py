"""notifications: telling a person: notices, deliveries, the claim loop."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Telling a person: notices, deliveries, the claim loop."""

    name = "notifications"

    def ready(self) -> None:
        """Find every app's kinds of notice, kinds of todo and ways of sending."""
        from notifications.kinds import KINDS
        from notifications.todo_kinds import TODO_KINDS
        from notifications.ways import WAYS

        KINDS.discover()
        TODO_KINDS.discover()
        WAYS.discover()
