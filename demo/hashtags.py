"""Hashtags that were looked up, and two posts that show what follows from it."""

from datetime import time, timedelta

from activity.models import Record
from content_calendar.models import Post, PostVersion
from content_calendar.services.approval import schedule_post
from content_calendar.services.posts import add_post
from core.enums import ContentCategory
from demo.museum import Museum
from demo.texts.hashtags import CHECKS, LASTING, LASTING_ABOUT, TONIGHT_POST, TOWN_POST
from notifications.models import Notification
from policies.models import Hashtag, HashtagCheck
from policies.rules.hashtags import DEFAULT_HOURS
from policies.services.hashtags import LASTING_HOLDS, Looked, approve_lasting, check_hashtag

LOOKED_UP = (Hashtag, HashtagCheck, Record)
WRITTEN = (Post, PostVersion, Notification, Record)


def look_up_hashtags(museum: Museum) -> None:
    """Approve the lasting tags once, and look some others up on their days."""
    with museum.history.on(museum.days_in_force, hour=12, only=LOOKED_UP):
        approve_lasting(
            museum.workspace, LASTING, about=LASTING_ABOUT, by=museum.members["manager"]
        )
    for days, hour, who, tag, verdict, about, evidence in CHECKS:
        with museum.history.on(days, hour=hour, only=LOOKED_UP):
            looked = Looked(verdict, about, evidence)
            check_hashtag(museum.workspace, tag, looked, by=museum.members[who])
    _hold_from_their_day(museum)


def _hold_from_their_day(museum: Museum) -> None:
    """Let checks that were moved to their day hold as long from there as they would from now."""
    checks = HashtagCheck.objects.for_workspace(museum.workspace).select_related("hashtag")
    for check in checks.filter(until__isnull=False):
        holds = LASTING_HOLDS if check.hashtag.is_lasting else timedelta(hours=DEFAULT_HOURS)
        check.until = check.at + holds
        check.save(update_fields=["until"])


def plan_tagged_posts(museum: Museum) -> None:
    """Plan one post of tonight, and one of an external that names a town in grief."""
    evening, after = museum.today, museum.today + timedelta(days=2)
    with museum.history.on(1, hour=11, only=WRITTEN):
        post = add_post(
            museum.workspace,
            {
                "text": TONIGHT_POST,
                "category": ContentCategory.INFORMATIVE,
                "planned_on": evening,
                "planned_time": time(20, 30),
                "owner": museum.members["henrik"],
                "versions": {museum.channels["instagram"]: {}},
            },
            by=museum.users["henrik"],
        )
        schedule_post(post, by=museum.users["henrik"])
        add_post(
            museum.workspace,
            {
                "text": TOWN_POST,
                "category": ContentCategory.PROMOTIONAL,
                "planned_on": after,
                "planned_time": time(12),
                "owner": museum.members["tomas"],
                "versions": {museum.channels["facebook"]: {}},
            },
            by=museum.users["tomas"],
        )
