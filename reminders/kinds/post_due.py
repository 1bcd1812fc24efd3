"""A post at the minute at which a person is to publish it."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content_calendar.enums import BY_HAND
from notifications.enums import Pace, Topic
from notifications.models import Notification
from notifications.notification_types import NotificationType
from reminders.posts import WHYS, channels_text, not_fired, open_versions, to_responsible, why_not
from reminders.timed_kinds import COMMON, Moment, MomentKind, register

CODE = "post_due"


def find(since: datetime, until: datetime) -> Iterator[Moment]:
    moments = (
        Moment(
            post.workspace,
            ("post", post.uid),
            at,
            [to_responsible(post, at=at, what="due", channels=channels_text(versions))],
        )
        for post, at, versions in open_versions(since, until, BY_HAND)
    )
    yield from not_fired(CODE, moments)


def still_wanted(notification: Notification) -> "str | Promise":
    return why_not(notification, BY_HAND)


register(
    MomentKind(
        CODE,
        NotificationType(
            "reminders.post_due",
            topic=Topic.POSTS,
            label=_("Publish now: a post of yours goes out"),
            shared_label=_("Publish now: a post goes out"),
            sentence=_("Publish now: “%(title)s” on %(channels)s."),
            action=_("Open the post"),
            icon="send",
            whys=WHYS,
            recheck=still_wanted,
            **COMMON | {"pace": Pace.AT_ONCE},
        ),
        find=find,
    )
)
