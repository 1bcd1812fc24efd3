"""A post that lies in another tool and should be out by now: somebody confirms that it is."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content_calendar.enums import PostState
from notifications.enums import Topic
from notifications.models import Notification
from notifications.notification_types import NotificationType
from reminders.posts import WHYS, channels_text, not_fired, open_versions, to_responsible, why_not
from reminders.timed_kinds import COMMON, Moment, MomentKind, register

CODE = "post_to_confirm"
AFTER = timedelta(minutes=30)
STATES = (PostState.HANDED_OVER,)


def find(since: datetime, until: datetime) -> Iterator[Moment]:
    """Return what was to go out half an hour ago."""
    moments = (
        Moment(
            post.workspace,
            ("post", post.uid),
            at + AFTER,
            [
                to_responsible(
                    post,
                    at=at + AFTER,
                    what="confirm",
                    channels=channels_text(versions),
                    tool=post.handed_over_to,
                )
            ],
        )
        for post, at, versions in open_versions(since - AFTER, until - AFTER, STATES)
    )
    yield from not_fired(CODE, moments)


def still_wanted(notification: Notification) -> "str | Promise":
    return why_not(notification, STATES, ahead=-AFTER)


register(
    MomentKind(
        CODE,
        NotificationType(
            "reminders.post_to_confirm",
            topic=Topic.POSTS,
            label=_("A post that you handed over to a tool should be out"),
            shared_label=_("A post that lies in another tool should be out"),
            sentence=_("Is “%(title)s” out on %(channels)s? %(tool)s was to publish it."),
            action=_("Confirm it"),
            icon="check",
            whys=WHYS,
            recheck=still_wanted,
            **COMMON,
        ),
        find=find,
    )
)
