"""Which posts a hold stops."""

from content_calendar.enums import WAITING
from content_calendar.models import Post
from content_calendar.models.post import MISSED_AFTER
from policies.services.holding import HoldOn


def is_on_hold(post: Post, hold: HoldOn | None) -> bool:
    """Whether the post waits for its minute and is kept back on one of its channels.

    Reads ``post.versions.all()``, which lists load beforehand. Crisis information is never held;
    what should have been out a day before posts were stopped is missed instead.
    """
    if hold is None or post.state not in WAITING or not is_stopped(post, hold):
        return False
    missed_before = hold.hold.started_at - MISSED_AFTER
    return any(
        one.goes_out_at is not None and one.goes_out_at > missed_before
        for one in post.versions.all()
        if not one.is_published and hold.covers(one.channel_id)
    )


def is_stopped(post: Post, hold: HoldOn | None) -> bool:
    """Whether the post could not go out now on one of its channels, whatever its state."""
    if hold is None or post.is_crisis_information:
        return False
    return any(hold.covers(one.channel_id) for one in post.versions.all() if not one.is_published)
