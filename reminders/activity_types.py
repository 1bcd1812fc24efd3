"""What the log says of reminders; what they are about is their people's own business."""

from django.utils.translation import gettext_lazy as _

from activity.activity_types import register

register("reminders.set", _("%(person)s set a reminder."))
register("reminders.changed", _("%(person)s changed a reminder."))
register("reminders.paused", _("%(person)s paused a reminder."))
register("reminders.resumed", _("%(person)s resumed a reminder."))
register("reminders.removed", _("%(person)s removed a reminder."))
register("reminders.restored", _("%(person)s restored a reminder."))
