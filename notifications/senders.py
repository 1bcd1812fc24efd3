"""The ways in which this app sends."""

from django.utils.translation import gettext_lazy as _

from notifications.enums import EMAIL
from notifications.mail import EmailSender
from notifications.ways import Way, register

register(Way(EMAIL, _("E-mail"), carries=lambda kind: bool(kind.template), sender=EmailSender))
