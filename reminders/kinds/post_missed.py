"""A post whose minute passed while nobody had approved it."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from content_calendar.enums import UNAPPROVED, PostState
from content_calendar.models import Post
from notifications.enums import Pace
from notifications.models import Notification
from notifications.notification_types import NotificationType
from reminders.posts import (
    WHYS,
    approvers,
    not_fired,
    post_of,
    telling,
    time_text,
    to_responsible,
    why_not_person,
)
from reminders.timed_kinds import COMMON, Moment, MomentKind, Telling, register

CODE = "post_missed"


def find(since: datetime, until: datetime) -> Iterator[Moment]:
    posts = Post.objects.live().missed(until).filter(planned_at__gt=since).in_order()
    loaded = posts.select_related("workspace", "owner__user", "created_by")
    moments = (
        Moment(post.workspace, ("post", post.uid), post.planned_at, tellings(post, post.planned_at))
        for post in loaded
        if post.planned_at is not None
    )
    yield from not_fired(CODE, moments)


def tellings(post: Post, at: datetime) -> Iterator[Telling]:
    """Tell who sees to it; where it waited for approval, also those who could have given it."""
    time = time_text(at, post.workspace)
    first = to_responsible(post, at=at, what="missed", time=time)
    yield first
    if post.state == PostState.IN_REVIEW:
        others = [one for one in approvers(post.workspace) if one not in list(first.recipients)]
        yield telling(post, others, "approver", at=at, what="missed", time=time)


def still_wanted(notification: Notification) -> "str | Promise":
    """Look whether it is still neither approved nor moved."""
    post = post_of(notification)
    if post is None:
        return now("The post was removed.")
    if post.state not in UNAPPROVED:
        return now("The post is no longer as it was.")
    if post.planned_at != datetime.fromisoformat(notification.params["at"]):
        return now("It was moved to another time.")
    return why_not_person(notification, post)


register(
    MomentKind(
        CODE,
        NotificationType(
            "reminders.post_missed",
            label=_("A post was missed"),
            sentence=_("“%(title)s” was to go out at %(time)s, and nobody has approved it."),
            action=_("Open the post"),
            icon="warn",
            whys=WHYS,
            recheck=still_wanted,
            **COMMON | {"pace": Pace.AT_ONCE},
        ),
        find=find,
    )
)
