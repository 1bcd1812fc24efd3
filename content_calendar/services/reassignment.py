"""A leaver's posts that are not out yet."""

from django.db import transaction
from django.db.models import F

from accounts.models import User
from content_calendar.models import Post
from content_calendar.models.post import PostQuerySet
from workspaces.models import Membership


def posts_of(member: Membership) -> int:
    """Return how many posts the member owns that are neither out nor cancelled."""
    return _owned(member).count()


@transaction.atomic
def move_posts(from_: Membership, to: Membership, *, by: User) -> int:
    """Give each of these posts another owner. Nobody looked at them: when they were changed stays."""
    return _owned(from_).update(owner=to, revision=F("revision") + 1)


def _owned(member: Membership) -> PostQuerySet:
    return Post.objects.for_workspace(member.workspace).live().not_out().filter(owner=member)
