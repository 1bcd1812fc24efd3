"""What the page of a post shows where it goes out: each channel's text, ready to copy."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from content_calendar.domain.rights import may_draft
from content_calendar.enums import BY_HAND, WAITING, PostState
from content_calendar.models import Post, PostMedia, PostVersion
from networks.compose import compose_url
from policies.services.holding import HoldOn
from workspaces.models import Membership


@dataclass(frozen=True)
class OutgoingVersion:
    """One channel: its text, where to write it, and whether it is out."""

    version: PostVersion
    text: str
    compose_url: str
    is_due: bool
    is_held: bool = False
    may_mark: bool = False


def going_out_of(
    post: Post, member: Membership, *, now: datetime, hold: HoldOn | None = None
) -> dict[str, Any]:
    """Return the channels of a post that waits for its minute, or is out; nothing of others.

    ``hold`` is what stops posts now.
    """
    versions = list(post.versions.select_related("channel", "published_by"))
    is_shown = post.state in {*WAITING, PostState.PUBLISHED}
    if post.removed_at is not None or not (is_shown or any(one.is_published for one in versions)):
        return {}
    outgoing = [_outgoing(post, version, now, hold) for version in versions]
    return {
        "outgoing": outgoing,
        "is_going_out_now": any(one.is_due or one.version.is_published for one in outgoing),
        "outgoing_media": list(PostMedia.objects.live().filter(post=post).order_by("position")),
        "may_go_out": may_draft(member, post),
        "may_mark": post.state in WAITING,
        "is_handed_over": post.state == PostState.HANDED_OVER,
        "may_hand_over": post.state in BY_HAND and not any(one.is_held for one in outgoing),
    }


def _outgoing(
    post: Post, version: PostVersion, now: datetime, hold: HoldOn | None
) -> OutgoingVersion:
    version.post = post
    is_open = not version.is_published and not post.is_crisis_information
    is_held = hold is not None and is_open and hold.covers(version.channel_id)
    is_there = (
        post.state == PostState.HANDED_OVER
    )  # what another tool published is noted all the same
    return OutgoingVersion(
        version=version,
        text=version.text,
        compose_url=compose_url(version.channel, version.text),
        is_due=version.goes_out_at is not None and version.goes_out_at <= now,
        is_held=is_held,
        may_mark=post.state in WAITING and (is_there or not is_held),
    )
