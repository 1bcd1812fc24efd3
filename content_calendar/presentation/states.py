"""How a state is shown: icon, colour word and word, the derived ones too. All views use this."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content_calendar.enums import BY_HAND, OVER, UNAPPROVED, PostState
from content_calendar.models import Post, PostVersion
from content_calendar.models.post import MISSED_AFTER


@dataclass(frozen=True)
class StateLook:
    """``icon`` of the sprite; ``look`` is the colour word (bad, warn, good, tip) or empty."""

    icon: str
    look: str
    word: "str | Promise"


STATE_LOOKS: dict[PostState, StateLook] = {
    PostState.IDEA: StateLook("tip", "", PostState.IDEA.label),
    PostState.DRAFT: StateLook("edit", "", PostState.DRAFT.label),
    PostState.IN_REVIEW: StateLook("eye", "tip", PostState.IN_REVIEW.label),
    PostState.CHANGES_REQUESTED: StateLook("comment", "warn", PostState.CHANGES_REQUESTED.label),
    PostState.APPROVED: StateLook("done", "good", PostState.APPROVED.label),
    PostState.SCHEDULED: StateLook("clock", "good", PostState.SCHEDULED.label),
    PostState.HANDED_OVER: StateLook("out", "", PostState.HANDED_OVER.label),
    PostState.PUBLISHED: StateLook("sent", "", PostState.PUBLISHED.label),
    PostState.CANCELLED: StateLook("x", "", PostState.CANCELLED.label),
}

# The derived ones; each stands for a queryset of ``PostQuerySet``.
MISSED = StateLook("block", "bad", _("Not published"))
PARTLY_PUBLISHED = StateLook("partly", "warn", _("Partly published"))
SHOULD_BE_OUT = StateLook("out", "warn", _("Should be out"))
DUE = StateLook("bell", "warn", _("Due now"))
APPROVAL_LATE = StateLook("warn", "warn", _("Approval late"))


def look_of(post: Post, *, now: datetime, lead_time_hours: int) -> StateLook:
    """Return what is shown of the post at ``now``; of several that fit, the gravest.

    Reads ``post.versions.all()``, which lists load beforehand; ``lead_time_hours`` is the workspace's.
    """
    if post.state in OVER:
        return STATE_LOOKS[PostState(post.state)]
    versions = list(post.versions.all())
    waiting = [version for version in versions if not version.is_published]
    if _is_missed(post, waiting, now):
        return MISSED
    if waiting and len(waiting) < len(versions):
        return PARTLY_PUBLISHED
    if _is_past(waiting, now) and post.state == PostState.HANDED_OVER:
        return SHOULD_BE_OUT
    if _is_past(waiting, now) and post.state in BY_HAND:
        return DUE
    if _is_approval_late(post, now, lead_time_hours):
        return APPROVAL_LATE
    return STATE_LOOKS[PostState(post.state)]


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
