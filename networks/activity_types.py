"""What the log says of channels."""

from django.utils.translation import gettext_lazy as _

from activity.activity_types import register
from networks.models import Channel
from networks.services import FIELDS

FIELD_NAMES = {
    field.name: field.verbose_name for field in Channel._meta.fields if field.name in FIELDS
} | {"not_known": _("Not known yet")}

register("networks.channel_added", _("%(person)s added the channel “%(label)s”."))
register(
    "networks.channel_saved",
    _("%(person)s changed the channel “%(label)s”."),
    fields=FIELD_NAMES,
    is_typed=True,
)
register(
    "networks.channel_conflict",
    _(
        "%(person)s and somebody else changed the channel “%(label)s” at the same time. Saved → typed:"
    ),
    fields=FIELD_NAMES,
    is_in_full=True,
)
register("networks.channel_removed", _("%(person)s removed the channel “%(label)s”."))
register("networks.channel_restored", _("%(person)s brought the channel “%(label)s” back."))
