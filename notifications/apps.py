"""notifications: telling a person: notices, deliveries, the claim loop."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Telling a person: notices, deliveries, the claim loop."""

    name = "notifications"
