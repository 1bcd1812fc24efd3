"""What the log says of emails."""

from django.utils.translation import gettext_lazy as _

from activity.activity_types import register

register("notifications.retried", _("%(person)s had the email to %(label)s sent again."))
register("notifications.discarded", _("%(person)s discarded the email to %(label)s."))
