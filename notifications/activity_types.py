"""What the log says of letters."""

from django.utils.translation import gettext_lazy as _

from activity.activity_types import register

register("notifications.retried", _("%(person)s had the letter to %(label)s sent again."))
register("notifications.discarded", _("%(person)s gave up the letter to %(label)s."))
