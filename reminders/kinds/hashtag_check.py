"""A topical hashtag, when the time has come to look it up for a post."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from content_calendar.enums import WAITING, PostState
from content_calendar.models import Post, PostHashtag
from core.text import LIST_SEPARATOR
from notifications.enums import Pace, Topic
from notifications.models import Notification
from notifications.notification_types import NotificationType
from policies.services.hashtags import hours_of
from policies.services.judging import rules_in_force
from reminders.posts import (
    WHYS,
    approvers,
    not_fired,
    open_versions,
    post_of,
    responsible,
    telling,
    time_text,
)
from reminders.timed_kinds import COMMON, Moment, MomentKind, ToTell, register
from workspaces.enums import Engagement
from workspaces.models import Membership, Workspace

CODE = "hashtag_check"
LONGEST = timedelta(hours=24)  # that a check may hold
STATES = (*WAITING, PostState.IN_REVIEW)


def find(since: datetime, until: datetime) -> Iterator[Moment]:
    """Return posts with hashtags that may be checked from now on, each once."""
    holds: dict[Workspace, timedelta | None] = {}
    moments = []
    for post, at, _versions in open_versions(until, until + LONGEST, STATES):
        if post.workspace not in holds:
            holds[post.workspace] = _holds(post.workspace)
        hours = holds[post.workspace]
        if (
            hours is None
            or not since - LONGEST < at - hours <= until
            or post.created_at > at - hours
        ):
            continue
        if tags := _tags(post):
            tell = _telling(post, tags, at=at, begins=at - hours)
            moments.append(Moment(post.workspace, ("post", post.uid), at - hours, [tell]))
    yield from not_fired(CODE, moments)


def _holds(workspace: Workspace) -> timedelta | None:
    """How long a check holds, None where no policy asks for one."""
    rules = rules_in_force(workspace)
    is_asked = any(one.rule.code == "hashtags" for one in rules)
    return hours_of(rules) if is_asked else None


def _tags(post: Post) -> list[str]:
    return [str(tag) for tag in PostHashtag.objects.unchecked().filter(post=post)]


def _telling(post: Post, tags: list[str], *, at: datetime, begins: datetime) -> ToTell:
    """Tell who sees to the post; of what an external wrote, those who may approve it."""
    person, why = responsible(post)
    people = [person]
    members = Membership.objects.for_workspace(post.workspace)
    if members.filter(user__in=[person, post.created_by], engagement=Engagement.EXTERNAL).exists():
        people, why = approvers(post.workspace), "approver"
    return telling(
        post,
        people,
        why,
        at=begins,
        what="hashtags",
        tags=LIST_SEPARATOR.join(tags),
        time=time_text(at, post.workspace),
    )


def still_wanted(notification: Notification) -> "str | Promise":
    post = post_of(notification)
    if post is None or post.state not in STATES:
        return now("The post no longer waits to go out.")
    return "" if _tags(post) else now("The hashtags have been checked.")


register(
    MomentKind(
        CODE,
        NotificationType(
            "reminders.hashtag_check",
            topic=Topic.POSTS,
            label=_("A hashtag is to be checked before a post goes out"),
            shared_label=_("A hashtag is to be checked before a post goes out"),
            sentence=_("Check %(tags)s now: “%(title)s” goes out at %(time)s."),
            action=_("Open the post"),
            icon="search",
            whys=WHYS,
            recheck=still_wanted,
            **COMMON | {"pace": Pace.AT_ONCE},
        ),
        find=find,
    )
)
