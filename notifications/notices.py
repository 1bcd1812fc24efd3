"""What this app itself tells."""

from django.utils.translation import gettext_lazy as _

from notifications.digest import contents, still_wanted
from notifications.enums import DIGEST, Pace
from notifications.notification_types import NotificationType, register

register(
    NotificationType(
        "notifications.delivery_failed",
        sentence=_("An email to %(to)s could not be delivered. See why, and try again."),
        icon="mail",
        why=_("You look after this workspace’s settings."),
    )
)
register(
    NotificationType(
        DIGEST,
        label=_("The daily email"),
        sentence=_("What is to do and what was told since the last daily email."),
        email_subject=_("Your day in Strategy Planner"),
        template="notifications/emails/digest.txt",
        icon="mail",
        why=_("You chose to be told in one email a day."),
        pace=Pace.AT_ONCE,
        is_personal=True,
        recheck=still_wanted,
        more=contents,
    )
)
