"""Publishing at once without the approval that a post needs, and telling who would have given it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from activity.services import record
from content_calendar.domain.fingerprint import fingerprint_of, seen_in
from content_calendar.domain.rights import approval_needed, why_not_publish_now
from content_calendar.enums import DecisionKind, PostState
from content_calendar.findings import PostFinding
from content_calendar.models import Post, PostDecision, PostVersion
from content_calendar.services.approval import (
    make_draft,
    refuse_unless_drafting,
    refuse_unless_ready,
)
from content_calendar.services.asking import who_can_decide
from content_calendar.services.holding import refuse_if_held
from content_calendar.services.posts import save_post
from content_calendar.services.reasons import refuse_without_reasons
from content_calendar.services.states import change_state
from core.exceptions import Refusal
from notifications.services import notify

NEEDS_NO_APPROVAL = lazy("This needs no approval. Schedule it instead.")


@transaction.atomic
def publish_now(
    post: Post, *, reason: str, by: User, findings_of: Callable[[Post], Sequence[PostFinding]]
) -> Post:
    """Make the post due at this minute although nobody approved it, and tell the managers why.

    It is due on all its channels: a version's own later time is taken off. It is judged as it goes
    out now, not as it was planned. The decision keeps what was seen: what is changed or moved
    afterwards waits for approval. Raises Refusal where ``by`` may not (``why_not_publish_now``),
    without a reason, for a blocker and while posts are stopped; NeedsReasons where a finding asks
    why.
    """
    member = refuse_unless_drafting(post, by)
    if refusal := why_not_publish_now(member, post):
        raise Refusal(refusal)
    if not reason.strip():
        raise Refusal(_("Say why this cannot wait."))
    needed = approval_needed(member, findings_of(post), post=post)
    managers = [one.user for one in who_can_decide(post) if one.user_id != by.pk]
    if post.state == PostState.IN_REVIEW:
        post = make_draft(post, by=by)
    post = _make_due(post, timezone.now(), by=by)
    found = findings_of(post)
    if not needed and not approval_needed(member, found, post=post):
        raise Refusal(str(NEEDS_NO_APPROVAL))
    refuse_unless_ready(post, found)
    refuse_if_held(post)
    refuse_without_reasons(post, found)
    post = change_state(post, PostState.SCHEDULED, by=by, submitted_at=None, submitted_by=None)
    decision = PostDecision.objects.create(
        post=post,
        kind=DecisionKind.NOT_WAITED,
        by=by,
        comment=reason.strip(),
        planned_at=post.planned_at,
        fingerprint=fingerprint_of(post),
        seen=seen_in(post),
        findings=[
            {"severity": str(one.severity), "code": one.code, "sentence": str(one.sentence)}
            for one in found
        ],
    )
    record(
        post.workspace,
        by=by,
        verb="content_calendar.post_not_approved",
        subject=("post", str(post.uid)),
        label=post.name,
        changes={"reason": ["", decision.comment]},
    )
    notify(
        workspace=post.workspace,
        recipients=managers,
        kind="content_calendar.post_not_approved",
        source=f"decision:{decision.uid}",
        subject=("post", post.uid),
        params={"post": post.name, "reason": decision.comment},
        url=post.get_absolute_url(),
        by=by,
    )
    return post


def with_later_times(post: Post) -> list[PostVersion]:
    """Return the versions with a time of their own that would not be due if the post were now."""
    now = timezone.now()
    is_late = post.planned_at is not None and post.planned_at <= now
    return [
        version
        for version in post.versions.select_related("channel")
        if version.own_time is not None
        and not version.is_published
        and not (is_late and version.goes_out_at is not None and version.goes_out_at <= now)
    ]


def _make_due(post: Post, now: datetime, *, by: User) -> Post:
    """Move what is not due yet to this minute, on every channel; one change, so one undo."""
    values: dict[str, Any] = {}
    if post.planned_at is None or post.planned_at > now:
        here = now.astimezone(post.workspace.zone)
        at = here.time().replace(second=0, microsecond=0)
        values = {"planned_on": here.date(), "planned_time": at}
    if later := {version.channel for version in with_later_times(post)}:
        values["versions"] = {
            version.channel: {"own_time": None} if version.channel in later else {}
            for version in post.versions.select_related("channel")
        }
    if not values:
        return post
    revision = Post.objects.values_list("revision", flat=True).get(pk=post.pk)
    return save_post(post, values, expected=revision, by=by)
