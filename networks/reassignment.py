"""What a leaver holds of channels: those they own, run, or stand in for."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from members.reassignment import Move, Work, register
from networks.models import Channel, ChannelQuerySet
from networks.services import save_channel
from workspaces.models import Membership

PARTS = {
    "owner": _("Channels owned"),
    "operator": _("Channels run"),
    "backup": _("Channels as backup"),
}


def held(member: Membership, part: str) -> ChannelQuerySet:
    """Return the channels in which ``member`` has the part."""
    return Channel.objects.for_workspace(member.workspace).filter(**{part: member})


def count(member: Membership, *, part: str) -> int:
    """Return how many channels are still there."""
    return held(member, part).live().count()


def move(part: str) -> Move:
    """Return the function that gives every channel of the part to another member."""

    def move_all(from_: Membership, to: Membership, *, by: User) -> int:
        moved = 0
        for channel in held(from_, part).live():
            values: dict[str, Any] = {part: to}
            if part == "owner" and channel.backup_id == to.pk:
                values["backup"] = None  # nobody stands in for themself
            if part == "backup" and channel.owner_id == to.pk:
                values["backup"] = None
            save_channel(channel, values, expected=channel.revision, by=by)
            moved += 1
        return moved

    return move_all


for part, label in PARTS.items():
    register(Work(f"networks.{part}", label, partial(count, part=part), move(part)))
