"""Asking for an approval: who can give it, and when a change asks for it again."""

from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from content_calendar.domain.rights import approval_needed, is_author
from content_calendar.enums import WAITING, DecisionKind, PostState
from content_calendar.models import Post, PostDecision
from content_calendar.services.states import ASKED, change_state
from notifications.services import notify
from workspaces.models import Membership, MembershipQuerySet
from workspaces.permissions import Permission

#: What is approved, by the names under which ``save_post`` notes changes; ``media`` is its own.
APPROVED_FIELDS = frozenset({"text", "channels", "version_own_text", "version_format", "media"})
#: A post that goes out at most so much earlier or later than it was approved for is not asked again.
MAY_MOVE = timedelta(hours=24)


def who_can_decide(post: Post) -> MembershipQuerySet:
    """Return those who may approve the post: never who wrote or submitted it."""
    authors = [pk for pk in (post.created_by_id, post.submitted_by_id) if pk is not None]
    return (
        Membership.objects.for_workspace(post.workspace)
        .active()
        .who_can(Permission.APPROVE_POSTS)
        .exclude(user__in=authors)
        .by_name()
    )


def approval_of(post: Post) -> PostDecision | None:
    """Return the approval that was given since the post was submitted last, or None."""
    newest = post.decisions.first()
    if newest is None or newest.kind != DecisionKind.APPROVED or post.submitted_at is None:
        return None
    return newest if newest.at >= post.submitted_at else None


def decision_behind(post: Post) -> PostDecision | None:
    """Return the decision by which the post goes out: its approval, or that nobody waited for one."""
    newest = post.decisions.first()
    if newest is not None and newest.kind == DecisionKind.NOT_WAITED:
        return newest
    return approval_of(post)


def ask_managers(post: Post, *, by: User) -> None:
    """Tell everybody who can approve the post that it waits for them."""
    notify(
        workspace=post.workspace,
        recipients=[member.user for member in who_can_decide(post) if member.user_id != by.pk],
        kind=ASKED,
        source=f"post:{post.uid}:{post.revision}",
        subject=("post", post.uid),
        params={"post": post.name},
        url=post.get_absolute_url(),
        by=by,
    )


def ask_again(post: Post, *, changed: Collection[str], by: User) -> None:
    """Send the post back to review where ``changed`` is more than its approval covers.

    Called by every service that changes a post, in its transaction; ``changed`` names what it
    changed (``APPROVED_FIELDS``, ``planned_on``, ``planned_time``). A manager who did not write the
    post may approve the own change; for all others the change is theirs to be approved.
    """
    if post.state not in WAITING or not _is_beyond_approval(post, changed, by):
        return
    member = _member(post, by)
    is_reader = (
        member is not None
        and member.can(Permission.APPROVE_POSTS)
        and not is_author(by.pk, post)
        and post.submitted_by_id is not None
    )
    change_state(
        post,
        PostState.IN_REVIEW,
        by=by,
        submitted_at=timezone.now(),
        submitted_by=post.submitted_by if is_reader else by,
    )
    ask_managers(post, by=by)


def _is_beyond_approval(post: Post, changed: Collection[str], by: User) -> bool:
    approval = decision_behind(post)
    member = _member(post, by)
    may_approve = member is not None and member.can(Permission.APPROVE_POSTS)
    if may_approve and approval is not None and approval.kind == DecisionKind.NOT_WAITED:
        return False  # a manager has looked at it now
    if APPROVED_FIELDS & set(changed):
        return approval is not None or member is None or bool(approval_needed(member, post=post))
    if approval is None or not {"planned_on", "planned_time"} & set(changed):
        return False
    if approval.planned_at is None or post.planned_at is None:
        return True
    return abs(post.planned_at - approval.planned_at) > MAY_MOVE


def _member(post: Post, user: User) -> Membership | None:
    members = Membership.objects.for_workspace(post.workspace).active()
    return members.filter(user=user).select_related("workspace").first()
