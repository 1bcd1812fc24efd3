"""The museum's posts: eight weeks behind today, four ahead, and ideas."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from activity.models import Record
from content_calendar.domain.fingerprint import fingerprint_of
from content_calendar.models import Post, PostDecision, PostMedia, PostVersion
from content_calendar.services.approval import (
    approve,
    ask_for_changes,
    schedule_post,
    submit_post,
)
from content_calendar.services.going_out import hand_over, mark_published
from content_calendar.services.media import add_link
from content_calendar.services.posts import add_post
from demo.museum import Museum
from demo.texts.posts import CHANGES, IDEAS, POSTS, PostDraft
from networks.enums import PostFormat
from notifications.models import Notification
from strategies.in_force import Answers, answers_of, version_in_force
from workspaces.enums import Role

#: What is written while posts are made: only these are moved to an earlier day.
WRITTEN = (Post, PostVersion, PostMedia, PostDecision, Notification, Record)

#: Where the museum keeps its pictures; a post without one is a draft.
PICTURES = "https://pictures.fjordlys.example/"


def plan_posts(museum: Museum) -> None:
    """Write all posts, each some days before it goes out, and say what became of each; the ideas."""
    version = version_in_force(museum.workspace, museum.today)
    if version is None:
        raise ValueError("posts are planned for the strategy in force")
    answers = answers_of(version)
    for draft in POSTS:
        day = day_of(draft, museum.today)
        with museum.history.on(_days_ago(museum, day, before=9), hour=14, only=WRITTEN):
            post = _add(museum, draft, day, answers)
        _let_it_go_on(museum, draft, post, day)
    for text, category, channels, author in IDEAS:
        with museum.history.on(6, hour=15, only=WRITTEN):
            values = {
                "text": text,
                "category": category,
                "versions": {museum.channels[key]: {} for key in channels},
                "owner": museum.members[author],
            }
            add_post(museum.workspace, values, by=museum.users[author])
    _read_old_notices(museum)


def _days_ago(museum: Museum, day: date, *, before: int) -> int:
    """Return how long ago something was done ``before`` days before the post went out."""
    return max(2, (museum.today - day).days + before)


def _let_it_go_on(museum: Museum, draft: PostDraft, post: Post, day: date) -> None:
    """Submit, approve, schedule and publish the post, as far as its story goes."""
    fate = draft.fate or ("published" if day < museum.today else "scheduled")
    by, manager = museum.users[draft.owner], museum.users["manager"]
    if fate == "draft":
        return
    is_asked = museum.members[draft.owner].role == Role.CONTRIBUTOR or fate == "in review"
    if is_asked:
        with museum.history.on(_days_ago(museum, day, before=7), hour=10, only=WRITTEN):
            submit_post(post, by=by)
        if fate == "in review":
            return
        with museum.history.on(_days_ago(museum, day, before=6), hour=12, only=WRITTEN):
            post.refresh_from_db()
            fingerprint = fingerprint_of(post)
            if fate == "changes":
                ask_for_changes(post, fingerprint=fingerprint, comment=CHANGES, by=manager)
                return
            approve(post, fingerprint=fingerprint, by=manager)
        post.refresh_from_db()
        if fate == "approved":
            return
    with museum.history.on(_days_ago(museum, day, before=5), hour=13, only=WRITTEN):
        schedule_post(post, by=by)
    if fate == "handed over":
        with museum.history.on(_days_ago(museum, day, before=2), hour=13, only=WRITTEN):
            hand_over(post, tool="Buffer", by=by)
    versions = list(post.versions.select_related("channel"))
    if fate in {"published", "partly"}:
        hour = int(draft.time[:2])
        with museum.history.on(max(1, (museum.today - day).days), hour=hour, only=WRITTEN):
            for version in versions[: 1 if fate == "partly" else None]:
                version.post = Post.objects.get(pk=post.pk)
                mark_published(version, by=by)


def _read_old_notices(museum: Museum) -> None:
    """Let people have read what they were told of posts more than three days ago."""
    before = timezone.now() - timedelta(days=3)
    told = Notification.objects.for_workspace(museum.workspace).unread()
    told.filter(kind__startswith="content_calendar.", created_at__lt=before).update(
        read_at=models.F("created_at")
    )


def day_of(draft: PostDraft, today: date) -> date:
    """Return the day on which a post of the story goes out."""
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=draft.week, days=draft.day - 1)


def _add(museum: Museum, draft: PostDraft, day: date, answers: Answers) -> Post:
    message = next((one for one in answers.messages if one.text.startswith(draft.message)), None)
    theme = next((one for one in answers.pillars if one.name.startswith(draft.theme)), None)
    campaign = next(
        (one for one in answers.activities if one.name.startswith(draft.campaign)), None
    )
    values: dict[str, Any] = {
        "text": draft.text,
        "category": draft.category,
        "planned_on": day,
        "planned_time": time.fromisoformat(draft.time),
        "origin": draft.origin,
        "source": draft.source,
        "owner": museum.members[draft.owner],
        "versions": {
            museum.channels[key]: {"format": draft.format, "own_text": dict(draft.own).get(key, "")}
            for key in draft.channels
        },
    }
    if draft.message and message:
        values |= {"message_uid": UUID(message.uid), "audience_uids": message.audiences[:1]}
    if draft.theme and theme:
        values["theme_uid"] = UUID(theme.uid)
    if draft.campaign and campaign:
        values["campaign_uid"] = UUID(campaign.uid)
    by = museum.users[draft.owner]
    post = add_post(museum.workspace, values, by=by)
    if draft.format != PostFormat.TEXT and draft.fate != "draft":
        add_link(post, f"{PICTURES}{day:%Y-%m-%d}.jpg", by=by, name=f"{day:%Y-%m-%d}.jpg")
    return post
