"""What the log says of channels."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: "dict[str, str | Promise]" = {
    "networks.channel_added": _("added the channel"),
    "networks.channel_saved": _("changed the channel"),
    "networks.channel_removed": _("removed the channel"),
    "networks.channel_restored": _("brought back the channel"),
}
