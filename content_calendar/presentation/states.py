"""How the state of a post is shown, stored or derived: in every view, in the legend and on its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content_calendar.domain.holding import is_on_hold
from content_calendar.enums import BY_HAND, OVER, UNAPPROVED, DerivedState, PostState
from content_calendar.models import Post, PostVersion
from content_calendar.models.post import MISSED_AFTER
from policies.services.holding import HoldOn


@dataclass(frozen=True)
class StateLook:
    """``icon`` of the sprite; ``look`` is the colour word (bad, warn, good, tip) or empty."""

    icon: str
    look: str
    word: "str | Promise"


_STATES: "tuple[tuple[PostState | DerivedState, str, str], ...]" = (
    (PostState.IDEA, "tip", ""),
    (PostState.DRAFT, "edit", ""),
    (PostState.IN_REVIEW, "eye", "tip"),
    (PostState.CHANGES_REQUESTED, "comment", "warn"),
    (DerivedState.APPROVAL_LATE, "warn", "warn"),
    (PostState.APPROVED, "done", "good"),
    (PostState.SCHEDULED, "clock", "good"),
    (PostState.HANDED_OVER, "out", ""),
    (DerivedState.DUE, "bell", "warn"),
    (DerivedState.SHOULD_BE_OUT, "history", "warn"),
    (DerivedState.PARTLY_PUBLISHED, "partly", "warn"),
    (PostState.PUBLISHED, "sent", ""),
    (DerivedState.ON_HOLD, "hand", "bad"),
    (DerivedState.MISSED, "block", "bad"),
    (PostState.CANCELLED, "x", ""),
)
#: How each state is shown, in the order of a legend.
STATE_LOOKS: "dict[PostState | DerivedState, StateLook]" = {
    state: StateLook(icon, look, state.label) for state, icon, look in _STATES
}

#: A draft whose hour of approval has passed: whether it needs an approval depends on who asks.
LATE_DRAFT = StateLook("warn", "warn", _("Late draft"))


def look_of(
    post: Post, *, now: datetime, lead_time_hours: int, hold: HoldOn | None = None
) -> StateLook:
    """Return how the state of the post is shown at ``now``."""
    state = state_at(post, now=now, lead_time_hours=lead_time_hours, hold=hold)
    if state is DerivedState.APPROVAL_LATE and post.state == PostState.DRAFT:
        return LATE_DRAFT
    return STATE_LOOKS[state]


def state_at(
    post: Post, *, now: datetime, lead_time_hours: int, hold: HoldOn | None = None
) -> PostState | DerivedState:
    """Return the state that says most of the post at ``now``; of several that fit, the gravest.

    Reads ``post.versions.all()``, which lists load beforehand; ``lead_time_hours`` is the workspace's,
    ``hold`` what stops its posts at ``now``.
    """
    if post.state in OVER:
        return PostState(post.state)
    if is_on_hold(post, hold):
        return DerivedState.ON_HOLD
    versions = list(post.versions.all())
    waiting = [version for version in versions if not version.is_published]
    if _is_missed(post, waiting, now):
        return DerivedState.MISSED
    if waiting and len(waiting) < len(versions):
        return DerivedState.PARTLY_PUBLISHED
    if _is_past(waiting, now) and post.state == PostState.HANDED_OVER:
        return DerivedState.SHOULD_BE_OUT
    if _is_past(waiting, now) and post.state in BY_HAND:
        return DerivedState.DUE
    if _is_approval_late(post, now, lead_time_hours):
        return DerivedState.APPROVAL_LATE
    return PostState(post.state)


def _is_missed(post: Post, waiting: Iterable[PostVersion], now: datetime) -> bool:
    if post.state in UNAPPROVED:
        return post.planned_at is not None and post.planned_at <= now
    return post.state in BY_HAND and _is_past(waiting, now - MISSED_AFTER)


def _is_past(waiting: Iterable[PostVersion], moment: datetime) -> bool:
    return any(one.goes_out_at is not None and one.goes_out_at <= moment for one in waiting)


def _is_approval_late(post: Post, now: datetime, lead_time_hours: int) -> bool:
    if post.state not in UNAPPROVED or post.planned_at is None:
        return False
    return now < post.planned_at <= now + timedelta(hours=lead_time_hours)
