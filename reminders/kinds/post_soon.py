"""A post half an hour before it goes out."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content_calendar.enums import BY_HAND
from notifications.enums import Pace, Topic
from notifications.models import Notification
from notifications.notification_types import NotificationType
from reminders.posts import (
    WHYS,
    channels_text,
    not_fired,
    open_versions,
    time_text,
    to_responsible,
    why_not,
)
from reminders.timed_kinds import COMMON, Moment, MomentKind, register

CODE = "post_soon"
BEFORE = timedelta(minutes=30)


def find(since: datetime, until: datetime) -> Iterator[Moment]:
    """Return posts that go out within half an hour; one that was made later than that needs none."""
    moments = (
        Moment(
            post.workspace,
            ("post", post.uid),
            at - BEFORE,
            [
                to_responsible(
                    post,
                    at=at - BEFORE,
                    what="soon",
                    channels=channels_text(versions),
                    time=time_text(at, post.workspace),
                )
            ],
        )
        for post, at, versions in open_versions(until, until + BEFORE, BY_HAND)
        if post.created_at <= at - BEFORE
    )
    yield from not_fired(CODE, moments)


def still_wanted(notification: Notification) -> "str | Promise":
    return why_not(notification, BY_HAND, ahead=BEFORE)


register(
    MomentKind(
        CODE,
        NotificationType(
            "reminders.post_soon",
            topic=Topic.POSTS,
            label=_("A post of yours goes out in half an hour"),
            shared_label=_("A post goes out in half an hour"),
            sentence=_("“%(title)s” goes out at %(time)s on %(channels)s."),
            action=_("Open the post"),
            icon="clock",
            whys=WHYS,
            recheck=still_wanted,
            **COMMON | {"pace": Pace.AT_ONCE},
        ),
        find=find,
    )
)
