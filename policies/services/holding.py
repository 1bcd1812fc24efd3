"""Whether posts are stopped. Asked anew each time: what somebody stops holds for everyone at once."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from core.text import LIST_SEPARATOR
from networks.models import Channel
from policies.models import Hold
from workspaces.models import Workspace


@dataclass(frozen=True)
class HoldOn:
    """A hold that is on; ``channels`` are those that it stops, none where it stops all."""

    hold: Hold
    channels: tuple[Channel, ...] = ()

    @property
    def names(self) -> str:
        """The channels by name; empty where all are stopped."""
        return LIST_SEPARATOR.join(str(channel) for channel in self.channels)

    def covers(self, channel_id: int) -> bool:
        """Whether nothing goes out on the channel."""
        return self.hold.is_for_all or any(one.pk == channel_id for one in self.channels)


def is_held(channel: Channel) -> bool:
    """Whether nothing may go out on the channel now."""
    on = Hold.objects.on().filter(workspace=channel.workspace_id)
    return on.filter(Q(is_for_all=True) | Q(channels=channel)).exists()


def hold_on(workspace: Workspace) -> HoldOn | None:
    """Return the hold that is on, with its channels, or None: one query."""
    found = list(
        Hold.objects.for_workspace(workspace)
        .on()
        .select_related("started_by")
        .annotate(
            channel=F("channels__pk"),
            network=F("channels__network"),
            other_network=F("channels__other_network"),
            handle=F("channels__handle"),
        )
        .order_by("channels__position", "channels__pk")
    )
    if not found:
        return None
    hold = found[0]
    hold.workspace = workspace
    return HoldOn(hold, () if hold.is_for_all else tuple(_channel(row) for row in found))


def _channel(row: Any) -> Channel:
    """Return a channel as far as its name is concerned."""
    return Channel(
        pk=row.channel, network=row.network, other_network=row.other_network, handle=row.handle
    )
