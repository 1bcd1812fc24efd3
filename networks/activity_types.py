"""What the log says of channels."""

from django.utils.translation import gettext_lazy as _

from activity.activity_types import register
from networks.models import AccessGrant, Channel
from networks.services import FIELDS
from networks.services_access import ACCESS_FIELDS

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

ACCESS_FIELD_NAMES = {
    field.name: field.verbose_name
    for field in AccessGrant._meta.fields
    if field.name in ACCESS_FIELDS
} | {"has_it_already": _("Had it already")}

register(
    "networks.access_added",
    _("%(person)s added the access “%(label)s”."),
    fields=ACCESS_FIELD_NAMES,
)
register(
    "networks.access_saved",
    _("%(person)s changed the access “%(label)s”."),
    fields=ACCESS_FIELD_NAMES,
)
register(
    "networks.access_conflict",
    _(
        "%(person)s and somebody else changed the access “%(label)s” at the same time. Saved → typed:"
    ),
    fields=ACCESS_FIELD_NAMES,
    is_in_full=True,
)
register("networks.access_confirmed", _("%(person)s confirmed the access “%(label)s”."))
register(
    "networks.accesses_confirmed",
    _("%(person)s confirmed who has access."),
    fields={"number": _("accesses")},
)
register("networks.access_ended", _("%(person)s ended the access “%(label)s”."))
register("networks.access_restored", _("%(person)s brought the access “%(label)s” back."))
register(
    "networks.accesses_brought_in",
    _("%(person)s imported a list of accesses."),
    fields={"added": _("added"), "changed": _("changed")},
)
