"""The ways in which this app sends."""

from django.utils.translation import gettext_lazy as _

from notifications.enums import EMAIL, WEBHOOK
from notifications.mail import EmailSender
from notifications.ways import Way, register
from notifications.webhooks import PAUSES, WebhookSender

register(Way(EMAIL, _("Email"), carries=lambda kind: bool(kind.template), sender=EmailSender))
register(
    Way(
        WEBHOOK,
        _("Webhook"),
        carries=lambda kind: bool(kind.shared_label),
        sender=WebhookSender,
        pauses=PAUSES,
        is_beside=True,
    )
)
