"""Refusing what would let a post go out while posts are stopped."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from content_calendar.models import Post
from core.exceptions import Refusal
from core.templatetags.ui_tags import when
from core.text import isolated
from policies.services.holding import HoldOn, hold_on


class PostsStopped(Refusal):
    """Posts on a channel of this post are stopped; the sentence says by whom and where to look."""


def refuse_if_held(post: Post, *, channels: Collection[int] | None = None) -> None:
    """Raise PostsStopped where nothing may go out now on what of the post is not out yet.

    ``channels`` (keys) narrows it to some. Crisis information goes out in spite of a hold.
    """
    if post.is_crisis_information:
        return
    hold = hold_on(post.workspace)
    if hold is None:
        return
    if channels is None:
        channels = post.versions.filter(published_at__isnull=True).values_list("channel", flat=True)
    if any(hold.covers(channel) for channel in channels):
        raise PostsStopped(why_held(hold))


def why_held(hold: HoldOn) -> str:
    """Say who stopped posts and since when, and where to go."""
    words = {
        "person": isolated(hold.hold.started_by),
        "since": when(hold.hold.started_at, hold.hold.workspace),
        "channels": isolated(hold.names),
    }
    if hold.hold.is_for_all:
        said = _("%(person)s stopped all posts on %(since)s.") % words
    else:
        said = _("%(person)s stopped posts on %(channels)s on %(since)s.") % words
    return f"{said} {_('It waits until a manager lifts the stop: see “What is held” above.')}"
