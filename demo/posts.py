"""The museum's posts: eight weeks behind today, four ahead, and ideas."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from activity.models import Record
from content_calendar.models import Post, PostVersion
from content_calendar.services.posts import add_post
from demo.museum import Museum
from demo.texts.posts import IDEAS, POSTS, PostDraft
from strategies.in_force import Answers, answers_of, version_in_force

#: What is written while posts are made: only these are moved to an earlier day.
WRITTEN = (Post, PostVersion, Record)
DAYS_PLANNED_AHEAD = 9  # how long before it goes out a post was written


def plan_posts(museum: Museum) -> dict[PostDraft, Post]:
    """Write all posts, each some days before it goes out, and the ideas."""
    version = version_in_force(museum.workspace, museum.today)
    if version is None:
        raise ValueError("posts are planned for the strategy in force")
    answers = answers_of(version)
    made = {}
    for draft in POSTS:
        day = day_of(draft, museum.today)
        days_ago = max(2, (museum.today - day).days + DAYS_PLANNED_AHEAD)
        with museum.history.on(days_ago, hour=14, only=WRITTEN):
            made[draft] = _add(museum, draft, day, answers)
    for text, category, channels, author in IDEAS:
        with museum.history.on(6, hour=15, only=WRITTEN):
            values = {
                "text": text,
                "category": category,
                "versions": {museum.channels[key]: {} for key in channels},
                "owner": museum.members[author],
            }
            add_post(museum.workspace, values, by=museum.users[author])
    return made


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
    return add_post(museum.workspace, values, by=museum.users[draft.owner])
