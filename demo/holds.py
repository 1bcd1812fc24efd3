"""The night on which the museum stopped all posts: what was held, and how it was lifted."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import models

from activity.models import Record
from content_calendar.domain.moments import moment_of
from content_calendar.enums import HoldAnswer
from content_calendar.models import HeldPost, Post, PostVersion
from content_calendar.services.approval import schedule_post
from content_calendar.services.going_out import hand_over, mark_published
from content_calendar.services.holds import answer_for, lift_hold, stop_posts, tick_off
from content_calendar.services.posts import add_post
from core.enums import ContentCategory
from demo.museum import Museum
from networks.enums import PostFormat
from notifications.models import Notification
from policies.models import Hold

REASON = "A fishing boat is missing in the storm. Nothing cheerful about weather tonight."
NIGHT_AGO = 12  # days
#: What is written here: only these are moved to an earlier day.
WRITTEN: tuple[type[models.Model], ...] = (
    Post,
    PostVersion,
    Hold,
    HeldPost,
    Notification,
    Record,
)


@dataclass(frozen=True)
class StoppedPost:
    """A post that was to go out ``days`` after the night, and what became of it."""

    days: int
    time: str
    channel: str
    category: ContentCategory
    text: str
    answer: HoldAnswer
    tool: str = ""


STOPPED = (
    StoppedPost(
        0,
        "21:30",
        "facebook",
        ContentCategory.ENGAGEMENT,
        "Who has been blown off the pier? Show us your worst umbrella.",
        HoldAnswer.CANCELLED,
    ),
    StoppedPost(
        1,
        "12:00",
        "instagram",
        ContentCategory.INFORMATIVE,
        "How the lamp is cleaned: one cloth, no soap, forty minutes.",
        HoldAnswer.AS_PLANNED,
    ),
    StoppedPost(
        1,
        "15:00",
        "linkedin",
        ContentCategory.INFORMATIVE,
        "For teachers: the worksheet about wind and waves, in two languages.",
        HoldAnswer.AS_PLANNED,
        tool="Buffer",
    ),
)


def stop_one_night(museum: Museum) -> None:
    """Plan the posts, stop them in the evening, and lift the stop in the morning."""
    night = museum.today - timedelta(days=NIGHT_AGO)
    marketer, manager = museum.users["henrik"], museum.users["manager"]
    with museum.history.on(NIGHT_AGO + 4, hour=13, only=WRITTEN):
        posts = [_plan(museum, stopped) for stopped in STOPPED]
    with museum.history.on(NIGHT_AGO, hour=20, only=WRITTEN):
        hold, _is_new = stop_posts(museum.workspace, reason=REASON, by=marketer)
    with museum.history.on(NIGHT_AGO, hour=21, only=WRITTEN):
        for post, stopped in zip(posts, STOPPED, strict=True):
            if stopped.tool:
                tick_off(hold, post, by=marketer)
    with museum.history.on(NIGHT_AGO - 1, hour=8, only=WRITTEN):
        for post, stopped in zip(posts, STOPPED, strict=True):
            post.refresh_from_db()
            answer_for(hold, post, stopped.answer, by=manager)
        lift_hold(hold, expected=hold.revision, by=manager)
    for post, stopped in zip(posts, STOPPED, strict=True):
        _put_on_its_day(post, stopped, night)
        if stopped.answer == HoldAnswer.AS_PLANNED:
            hour = int(stopped.time[:2])
            with museum.history.on(NIGHT_AGO - stopped.days, hour=hour, only=WRITTEN):
                for version in post.versions.select_related("channel"):
                    version.post = Post.objects.select_related("workspace").get(pk=post.pk)
                    mark_published(version, by=marketer)


def _plan(museum: Museum, stopped: StoppedPost) -> Post:
    """Add and schedule a post. The services stop what is still to come, so it is for tomorrow."""
    by = museum.users["henrik"]
    values = {
        "text": stopped.text,
        "category": stopped.category,
        "planned_on": museum.today + timedelta(days=1),
        "planned_time": time.fromisoformat(stopped.time),
        "owner": museum.members["henrik"],
        "versions": {museum.channels[stopped.channel]: {"format": PostFormat.IMAGE}},
    }
    post = schedule_post(add_post(museum.workspace, values, by=by), by=by)
    return hand_over(post, tool=stopped.tool, by=by) if stopped.tool else post


def _put_on_its_day(post: Post, stopped: StoppedPost, night: date) -> None:
    day = night + timedelta(days=stopped.days)
    at = moment_of(day, time.fromisoformat(stopped.time), post.workspace.zone)
    Post.objects.filter(pk=post.pk).update(planned_on=day, planned_at=at)
    PostVersion.objects.filter(post=post).update(goes_out_at=at)
    HeldPost.objects.filter(post=post).update(planned_at=at)
