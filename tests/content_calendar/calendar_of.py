"""Posts for tests, made through the services that people use."""

from datetime import date, time
from typing import Any

from content_calendar.models import Post
from content_calendar.services.posts import add_post
from networks.models import Channel
from networks.services import add_channel
from workspaces.models import Membership

DAY = date(2026, 11, 24)


def make_channel(member: Membership, network: str = "instagram", **more: Any) -> Channel:
    """A channel of the member's workspace."""
    return add_channel(member.workspace, {"network": network, **more}, by=member.user)


def make_post(member: Membership, *channels: Channel, **values: Any) -> Post:
    """A draft of ``member`` for 24 November 2026 at 09:00, unless ``values`` say otherwise."""
    said = {
        "text": "Winter lights open on Saturday.",
        "category": "promotional",
        "planned_on": DAY,
        "planned_time": time(9),
        **values,
    }
    versions: dict[Channel, dict[str, Any]] = {channel: {} for channel in channels}
    return add_post(member.workspace, {"versions": versions, **said}, by=member.user)
