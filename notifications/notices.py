"""What this app itself tells."""

from django.utils.translation import gettext_lazy as _

from notifications.kinds import Kind, register

register(
    Kind(
        "notifications.delivery_failed",
        sentence=_("A letter to %(to)s could not be delivered. See why, and try again."),
        icon="mail",
    )
)
