"""What this app itself tells."""

from django.utils.translation import gettext_lazy as _

from notifications.digest import contents, still_wanted
from notifications.enums import DIGEST, TEST_EMAIL, TEST_WEBHOOK, Pace, Topic
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
        "notifications.webhook_failed",
        sentence=_("The webhook “%(webhook)s” did not take a notice. See what it said."),
        icon="link",
        why=_("You look after this workspace’s settings."),
    )
)
register(
    NotificationType(
        "notifications.webhook_gone",
        sentence=_("The webhook “%(webhook)s” was switched off: its address says that it is gone."),
        icon="link",
        why=_("You look after this workspace’s settings."),
    )
)
register(
    NotificationType(
        TEST_WEBHOOK,
        sentence=_("This is a test from %(workspace)s. Notices will look like this."),
        is_tried_once=True,
    )
)
register(
    NotificationType(
        TEST_EMAIL,
        sentence=_("This is the test email that you asked for."),
        email_subject=_("A test email from Strategy Planner"),
        template="notifications/emails/test.txt",
        action=_("Back to what I am told"),
        icon="mail",
        why=_("You pressed “Send me a test email”."),
        breaks_quiet=True,
        is_tried_once=True,
    )
)
register(
    NotificationType(
        DIGEST,
        topic=Topic.OWN,
        label=_("The daily email"),
        sentence=_("What is to do and what was told since the last daily email."),
        email_subject=_("Your day in Strategy Planner"),
        template="notifications/emails/digest.txt",
        html_template="notifications/emails/digest.html",
        icon="mail",
        why=_("You chose to be told in one email a day."),
        pace=Pace.AT_ONCE,
        is_personal=True,
        recheck=still_wanted,
        more=contents,
    )
)
