"""The check of the day: has anything happened that makes a post of today wrong?"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from content_calendar.models import DayCheck, Post
from content_calendar.models.post import PostQuerySet
from core.exceptions import Refusal
from workspaces.models import Workspace

#: Rules of policies that want posts ticked on their day.
ASKING = ("day_of", "no_robot_posts")


def posts_of_today(workspace: Workspace) -> PostQuerySet:
    """Return what is planned for today and neither out nor cancelled, soonest first."""
    today = workspace.today()
    return Post.objects.for_workspace(workspace).live().between(today, today).not_out().in_order()


@transaction.atomic
def tick_day(workspace: Workspace, uids: Iterable[UUID], *, by: User) -> list[Post]:
    """Note that ``by`` looked at posts of today and nothing makes them wrong; return those.

    A post that somebody ticked before, or that no longer goes out today, is left as it is.
    """
    ticked = []
    for post in posts_of_today(workspace).filter(uid__in=list(uids)):
        post.workspace = workspace
        _check, is_new = DayCheck.objects.get_or_create(
            post=post, day=workspace.today(), defaults={"by": by}
        )
        if is_new:
            _record(post, "content_calendar.day_ticked", by=by)
            ticked.append(post)
    return ticked


@transaction.atomic
def untick_day(post: Post, *, by: User) -> None:
    """Take the tick of today back. Raises Refusal where there is none."""
    gone, _each = DayCheck.objects.filter(post=post, day=post.workspace.today()).delete()
    if not gone:
        raise Refusal(_("This post is not ticked off today."))
    _record(post, "content_calendar.day_unticked", by=by)


def _record(post: Post, verb: str, *, by: User) -> None:
    record(post.workspace, by=by, verb=verb, subject=("post", str(post.uid)), label=post.name)
