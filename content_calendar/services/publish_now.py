"""Publishing at once without the approval that a post needs, and telling who would have given it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from activity.services import record
from content_calendar.domain.rights import approval_needed, why_not_publish_now
from content_calendar.enums import PostState
from content_calendar.findings import PostFinding
from content_calendar.models import Post
from content_calendar.services.approval import (
    make_draft,
    refuse_unless_drafting,
    refuse_unless_ready,
)
from content_calendar.services.asking import who_can_decide
from content_calendar.services.holding import refuse_if_held
from content_calendar.services.posts import move_post
from content_calendar.services.reasons import refuse_without_reasons
from content_calendar.services.states import change_state
from core.exceptions import Refusal
from notifications.services import notify

NEEDS_NO_APPROVAL = lazy("This needs no approval. Schedule it instead.")


@transaction.atomic
def publish_now(post: Post, *, reason: str, by: User, findings: Iterable[PostFinding] = ()) -> Post:
    """Make the post due at this minute although nobody approved it, and tell the managers why.

    Raises Refusal where ``by`` may not (``why_not_publish_now``), without a reason, for a blocker
    among ``findings`` and while posts are stopped; NeedsReasons where one of them asks why.
    """
    found = list(findings)
    member = refuse_unless_drafting(post, by)
    if refusal := why_not_publish_now(member, post):
        raise Refusal(refusal)
    if not approval_needed(member, found, post=post):
        raise Refusal(str(NEEDS_NO_APPROVAL))
    if not reason.strip():
        raise Refusal(_("Say why this cannot wait."))
    refuse_unless_ready(post, found)
    refuse_if_held(post)
    refuse_without_reasons(post, found)
    managers = [one.user for one in who_can_decide(post) if one.user_id != by.pk]
    if post.state == PostState.IN_REVIEW:
        post = make_draft(post, by=by)
    now = timezone.now()
    if post.planned_at is None or post.planned_at > now:
        post = _move_to(now, post, by=by)
    post = change_state(post, PostState.SCHEDULED, by=by, submitted_at=None, submitted_by=None)
    record(
        post.workspace,
        by=by,
        verb="content_calendar.post_not_approved",
        subject=("post", str(post.uid)),
        label=post.name,
        changes={"reason": ["", reason.strip()]},
    )
    notify(
        workspace=post.workspace,
        recipients=managers,
        kind="content_calendar.post_not_approved",
        source=f"post:{post.uid}:{post.revision}",
        subject=("post", post.uid),
        params={"post": post.name, "reason": reason.strip()},
        url=post.get_absolute_url(),
        by=by,
    )
    return post


def _move_to(now: datetime, post: Post, *, by: User) -> Post:
    here = now.astimezone(post.workspace.zone)
    return move_post(post, here.date(), here.time().replace(second=0, microsecond=0), by=by)
