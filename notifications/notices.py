"""What this app itself tells."""

from django.utils.translation import gettext_lazy as _

from notifications.notification_types import NotificationType, register

register(
    NotificationType(
        "notifications.delivery_failed",
        sentence=_("An email to %(to)s could not be delivered. See why, and try again."),
        icon="mail",
        why=_("You look after this workspace’s settings."),
    )
)
