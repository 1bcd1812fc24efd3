"""A post whose minute passed while nobody had approved it, or a day after nobody published it."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from content_calendar.enums import BY_HAND, UNAPPROVED, PostState
from content_calendar.models import Post
from content_calendar.models.post import MISSED_AFTER
from notifications import notification_types
from notifications.enums import Pace, Topic
from notifications.models import Notification
from notifications.notification_types import NotificationType
from reminders.posts import (
    WHYS,
    approvers,
    channels_text,
    not_fired,
    open_versions,
    post_of,
    telling,
    time_text,
    to_responsible,
    why_not,
    why_not_person,
)
from reminders.timed_kinds import COMMON, Moment, MomentKind, ToTell, register

CODE = "post_missed"
NOT_OUT = "reminders.post_not_out"


def find(since: datetime, until: datetime) -> Iterator[Moment]:
    posts = Post.objects.live().missed(until).filter(state__in=UNAPPROVED, planned_at__gt=since)
    loaded = posts.select_related("workspace", "owner__user", "created_by").in_order()
    moments = [
        Moment(post.workspace, ("post", post.uid), post.planned_at, tellings(post, post.planned_at))
        for post in loaded
        if post.planned_at is not None
    ]
    for post, at, versions in open_versions(since - MISSED_AFTER, until - MISSED_AFTER, BY_HAND):
        missed_at = at + MISSED_AFTER
        said = to_responsible(
            post, at=missed_at, what="not out", channels=channels_text(versions), notice=NOT_OUT
        )
        moments.append(Moment(post.workspace, ("post", post.uid), missed_at, [said]))
    yield from not_fired(CODE, moments)


def tellings(post: Post, at: datetime) -> Iterator[ToTell]:
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


def still_to_publish(notification: Notification) -> "str | Promise":
    return why_not(notification, BY_HAND, ahead=-MISSED_AFTER)


register(
    MomentKind(
        CODE,
        NotificationType(
            "reminders.post_missed",
            topic=Topic.POSTS,
            label=_("A post was not approved in time"),
            shared_label=_("A post was not approved in time"),
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
notification_types.register(
    NotificationType(
        NOT_OUT,
        topic=Topic.POSTS,
        label=_("A post was not published within a day"),
        shared_label=_("A post was not published within a day"),
        sentence=_(
            "“%(title)s” was to go out on %(channels)s a day ago, and nobody says that it is out."
        ),
        action=_("Open the post"),
        icon="warn",
        whys=WHYS,
        recheck=still_to_publish,
        **COMMON | {"pace": Pace.AT_ONCE},
    )
)
