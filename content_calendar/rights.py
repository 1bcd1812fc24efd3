"""Who may do what with a post. Policies will add their own answers here."""

from content_calendar.enums import UNAPPROVED, PostState
from content_calendar.models import Post
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
    if member.can(Permission.EDIT_CALENDAR):
        return True
    is_own = post.created_by_id == member.user_id or post.owner_id == member.pk
    return (
        is_own and member.can(Permission.DRAFT_POSTS) and (post.is_idea or post.state in UNAPPROVED)
    )


def needs_approval(member: Membership) -> bool:
    """Whether what ``member`` writes must be approved by somebody else, whatever it says.

    Always for contributors and for externals; never for managers.
    """
    if member.can(Permission.APPROVE_POSTS):
        return False
    return member.engagement == Engagement.EXTERNAL or not member.can(Permission.EDIT_CALENDAR)
