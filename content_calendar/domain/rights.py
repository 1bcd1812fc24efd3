"""Who may do what with a post."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from content_calendar.domain.post_finding import PostFinding
from content_calendar.enums import UNAPPROVED, DecisionKind, PostState
from content_calendar.models import Post
from core.findings import Severity
from policies.services.reading import may_post
from workspaces.enums import Engagement
from workspaces.models import Membership
from workspaces.permissions import Permission


def may_edit(member: Membership, post: Post) -> bool:
    """Whether ``member`` may change the post.

    Marketers may change every post that is not out yet; contributors their own, until it is
    approved.
    """
    if post.removed_at is not None or post.state in {PostState.PUBLISHED, PostState.CANCELLED}:
        return False
    return may_restore(member, post)


def may_restore(member: Membership, post: Post) -> bool:
    """Whether ``member`` may bring the post back, once it was removed: who could have removed it."""
    if member.can(Permission.EDIT_CALENDAR):
        return True
    return may_draft(member, post) and (post.is_idea or post.state in UNAPPROVED)


def may_draft(member: Membership, post: Post) -> bool:
    """Whether ``member`` works on the post at all: marketers on every one, others on their own."""
    is_own = post.created_by_id == member.user_id or post.owner_id == member.pk
    return member.can(Permission.EDIT_CALENDAR) or (is_own and member.can(Permission.DRAFT_POSTS))


def why_not_publish_now(member: Membership, post: Post) -> str:
    """Return why ``member`` may not publish a post that nobody approved; nothing where that is fine.

    It is for marketers who are employed, where a rule asks for approval and no manager can be
    waited for. What contributors and externals write, what a manager sent back, and what is written
    by somebody who has not read a policy by its day always waits for somebody else.
    """
    if not member.can(Permission.EDIT_CALENDAR) or member.engagement == Engagement.EXTERNAL:
        return _("Only marketers who are employed here publish without approval.")
    if post.state not in {PostState.DRAFT, PostState.IN_REVIEW}:
        return _("Only a draft, or a post that waits for approval, is published without it.")
    newest = post.decisions.first()
    if newest is not None and newest.kind == DecisionKind.CHANGES_REQUESTED:
        return _("A manager asked for changes to this, so a manager reads it again.")
    if not _is_by_employed_marketers(post):
        return _("What contributors and externals write is always approved by a manager.")
    channels = set(post.versions.values_list("channel__uid", flat=True))
    return may_post(member, timezone.now(), channels=channels).why


def _is_by_employed_marketers(post: Post) -> bool:
    """Whether everybody who ever wrote in the post could have planned it alone."""
    wrote = {post.created_by_id, *post.snapshots.values_list("by", flat=True)}
    here = Membership.objects.for_workspace(post.workspace).filter(user__in=wrote)
    writers = {
        one.user_id
        for one in here.select_related("workspace")
        if one.can(Permission.EDIT_CALENDAR) and one.engagement != Engagement.EXTERNAL
    }
    return wrote == writers


def approval_needed(
    member: Membership,
    findings: Iterable[PostFinding] = (),
    *,
    post: Post | None = None,
) -> list[str]:
    """Return why somebody else must approve what ``member`` plans; nothing where nobody need.

    Always where ``member``, or who began ``post``, is an external or a contributor; for marketers
    when a finding asks for it; never for managers, unless they have not read by its day a policy
    about a channel of ``post``.
    """
    channels = set(post.versions.values_list("channel__uid", flat=True)) if post else None
    reading = may_post(member, timezone.now(), channels=channels)
    reasons = [] if reading.allowed else [reading.why]
    if member.can(Permission.APPROVE_POSTS):
        return reasons
    writers = [member, *_author_of(post, beside=member)]
    if any(not one.can(Permission.EDIT_CALENDAR) for one in writers):
        reasons.append(_("What contributors write is approved by a manager."))
    if any(one.engagement == Engagement.EXTERNAL for one in writers):
        reasons.append(_("What externals write is approved by a manager."))
    reasons += [
        str(finding.sentence) for finding in findings if finding.severity == Severity.NEEDS_APPROVAL
    ]
    return reasons


def _author_of(post: Post | None, *, beside: Membership) -> list[Membership]:
    """Return who began the post, where that is somebody else."""
    if post is None or post.created_by_id == beside.user_id:
        return []
    members = Membership.objects.for_workspace(post.workspace)
    return list(members.filter(user=post.created_by_id).select_related("workspace"))


def is_author(user_id: int, post: Post) -> bool:
    """Whether somebody wrote the post or submitted it, and so does not approve it."""
    return user_id in {post.created_by_id, post.submitted_by_id}


def may_decide(member: Membership, post: Post) -> bool:
    """Whether ``member`` may approve the post or ask for changes, as it stands now."""
    return (
        post.removed_at is None
        and post.state == PostState.IN_REVIEW
        and member.can(Permission.APPROVE_POSTS)
        and not is_author(member.user_id, post)
    )
