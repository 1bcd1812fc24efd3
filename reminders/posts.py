"""What the kinds of reminder about posts share: which posts, whom they tell, when it is settled."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from content_calendar.enums import BY_HAND, PostState
from content_calendar.models import HeldPost, Post, PostVersion
from core.templatetags.ui_tags import clock
from core.text import LIST_SEPARATOR
from notifications.models import Notification
from policies.models.hold import held
from reminders.models import Firing
from reminders.timed_kinds import Moment, ToTell, uid_of
from workspaces.models import Membership, Workspace
from workspaces.permissions import Permission

WHYS = {
    "owner": gettext_lazy("You own this post."),
    "author": gettext_lazy("You wrote this post, and nobody owns it."),
    "approver": gettext_lazy("You may approve posts here."),
}


def open_versions(
    since: datetime, until: datetime, states: Iterable[PostState]
) -> Iterator[tuple[Post, datetime, list[PostVersion]]]:
    """Yield each post with the versions that go out at one moment and are not out yet.

    Left out is what is stopped: by a hold where a person publishes it, by hand where it lies in
    another tool.
    """
    versions = not_stopped(PostVersion.objects.all()).filter(
        goes_out_at__gt=since,
        goes_out_at__lte=until,
        published_at__isnull=True,
        post__state__in=list(states),
        post__removed_at__isnull=True,
    )
    loaded = versions.select_related(
        "post__workspace", "post__owner__user", "post__created_by", "channel"
    )
    together: dict[tuple[Post, datetime], list[PostVersion]] = defaultdict(list)
    for version in loaded.order_by("goes_out_at", "pk"):
        if version.goes_out_at is not None:
            together[version.post, version.goes_out_at].append(version)
    return ((post, at, found) for (post, at), found in together.items())


def not_stopped(versions: QuerySet[PostVersion]) -> QuerySet[PostVersion]:
    """Leave out versions that a hold keeps from going out, and those stopped in their tool by hand."""
    by_hold = Q(post__is_crisis_information=False, post__state__in=BY_HAND) & Q(
        held(workspace="post__workspace", channel="channel")
    )
    stopped_there = HeldPost.objects.stopped_there().values("post")
    return versions.exclude(by_hold).exclude(
        post__state=PostState.HANDED_OVER, post__in=stopped_there
    )


def not_fired(kind: str, moments: Iterable[Moment]) -> list[Moment]:
    """Leave out what has been fired."""
    found = list(moments)
    uids = {moment.subject[1] for moment in found}
    fired = set(
        Firing.objects.filter(schedule__isnull=True, kind=kind, subject_uid__in=uids).values_list(
            "subject_uid", "due_at"
        )
    )
    return [one for one in found if (one.subject[1], one.at) not in fired]


def responsible(post: Post) -> tuple[User, str]:
    """Return who sees to a post, and why it is this person."""
    return (post.owner.user, "owner") if post.owner else (post.created_by, "author")


def approvers(workspace: Workspace) -> list[User]:
    """Return those who may approve posts."""
    members = Membership.objects.for_workspace(workspace).active()
    return [one.user for one in members.who_can(Permission.APPROVE_POSTS).by_name()]


def telling(
    post: Post,
    people: list[User],
    why: str,
    *,
    at: datetime,
    what: str,
    notice: str = "",
    **params: Any,
) -> ToTell:
    """Tell ``people`` of a post; one that is moved is told anew for its new moment."""
    return ToTell(
        people,
        source=f"post:{post.uid}:{what}:{at.isoformat()}",
        subject=("post", post.uid),
        params={"title": post.name, "at": at.isoformat(), **params},
        url=reverse("calendar:post", args=[post.workspace.slug, post.uid]),
        why=why,
        notice=notice,
    )


def to_responsible(
    post: Post, *, at: datetime, what: str, notice: str = "", **params: Any
) -> ToTell:
    """Tell who sees to the post."""
    person, why = responsible(post)
    return telling(post, [person], why, at=at, what=what, notice=notice, **params)


def channels_text(versions: Iterable[PostVersion]) -> str:
    """Name the channels, one after the other."""
    return LIST_SEPARATOR.join(str(version.channel) for version in versions)


def time_text(at: datetime, workspace: Workspace) -> str:
    """Write a time of day and name its zone: “15:00 (Oslo)”."""
    place = workspace.timezone.rpartition("/")[2].replace("_", " ")
    return _("%(time)s (%(place)s)") % {"time": clock(at, workspace), "place": place}


def post_of(notification: Notification) -> Post | None:
    """Return the post that a notice is about, as it is now."""
    posts = Post.objects.for_workspace(notification.workspace).live()
    return posts.filter(uid=uid_of(notification)).select_related("owner").first()


def why_not(
    notification: Notification, states: Iterable[PostState], *, ahead: timedelta | None = None
) -> "str | Promise":
    """Return why a reminder about a version's moment is no longer wanted, or "".

    The post is in one of ``states``, and something of it still goes out at that moment (``ahead``
    of which the reminder came).
    """
    post = post_of(notification)
    if post is None:
        return _("The post was removed.")
    if post.state == PostState.PUBLISHED:
        return _("It is published.")
    if post.state not in set(states):
        return _("The post is no longer as it was.")
    at = datetime.fromisoformat(notification.params["at"]) + (ahead or timedelta())
    there = post.versions.filter(goes_out_at=at)
    if not there.exists():
        return _("It was moved to another time.")
    open_there = there.filter(published_at__isnull=True)
    if not open_there.exists():
        return _("It is published.")
    if not not_stopped(open_there).exists():
        return _("Posts are stopped.")
    return why_not_person(notification, post)


def why_not_person(notification: Notification, post: Post) -> "str | Promise":
    """Return that somebody else sees to the post now, or ""."""
    why, person = notification.params["why"], notification.recipient_id
    if why == "owner" and (post.owner is None or post.owner.user_id != person):
        return _("Somebody else owns it now.")
    if why == "author" and post.owner is not None:
        return _("Somebody else owns it now.")
    return ""
