"""Which posts a hold stops."""

from content_calendar.enums import WAITING
from content_calendar.models import Post
from policies.services.holding import HoldOn


def is_on_hold(post: Post, hold: HoldOn | None) -> bool:
    """Whether the post waits for its minute and does not go out on one of its channels.

    Reads ``post.versions.all()``, which lists load beforehand. Crisis information is never held.
    """
    return post.state in WAITING and is_stopped(post, hold)


def is_stopped(post: Post, hold: HoldOn | None) -> bool:
    """Whether the post could not go out now on one of its channels, whatever its state."""
    if hold is None or post.is_crisis_information:
        return False
    return any(hold.covers(one.channel_id) for one in post.versions.all() if not one.is_published)
