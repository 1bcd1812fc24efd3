"""notifications: telling a person: notices, deliveries, the claim loop."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Telling a person: notices, deliveries, the claim loop."""

    name = "notifications"

    def ready(self) -> None:
        """Find every app's types of notification, kinds of todo and ways of sending."""
        from notifications.notification_types import NOTIFICATION_TYPES
        from notifications.todo_kinds import TODO_KINDS
        from notifications.ways import WAYS

        NOTIFICATION_TYPES.discover()
        TODO_KINDS.discover()
        WAYS.discover()
