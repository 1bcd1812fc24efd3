"""notifications: telling a person: notices, deliveries, the claim loop."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotificationsConfig(AppConfig):
    """Telling a person: notices, deliveries, the claim loop."""

    name = "notifications"

    def ready(self) -> None:
        """Find every app's kinds of notice."""
        autodiscover_modules("notices")
