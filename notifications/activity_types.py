"""What the log says of emails and webhooks."""

from django.utils.translation import gettext_lazy as _

from activity.activity_types import register

FIELDS = {
    "name": _("Name"),
    "shape": _("Who receives it"),
    "kinds": _("What is sent"),
    "address": _("Address"),
}

register("notifications.retried", _("%(person)s had the email to %(label)s sent again."))
register("notifications.discarded", _("%(person)s discarded the email to %(label)s."))
register("notifications.webhook_retried", _("%(person)s had a notice to “%(label)s” sent again."))
register("notifications.webhook_discarded", _("%(person)s discarded a notice to “%(label)s”."))
register("notifications.webhook_added", _("%(person)s added the webhook “%(label)s”."))
register(
    "notifications.webhook_changed",
    _("%(person)s changed the webhook “%(label)s”."),
    fields=FIELDS,
)
register("notifications.webhook_removed", _("%(person)s removed the webhook “%(label)s”."))
register("notifications.webhook_restored", _("%(person)s brought back the webhook “%(label)s”."))
register("notifications.webhook_on", _("%(person)s switched on the webhook “%(label)s”."))
register("notifications.webhook_off", _("%(person)s switched off the webhook “%(label)s”."))
register(
    "notifications.webhook_gone",
    _("The webhook “%(label)s” was switched off: its address said that it is gone."),
)
register(
    "notifications.webhook_rotated", _("%(person)s made a new secret for the webhook “%(label)s”.")
)
register("notifications.webhook_tested", _("%(person)s tried the webhook “%(label)s”."))
