"""Posts with their versions per channel, and what is said of them."""

from content_calendar.models.comment import PostComment
from content_calendar.models.day_check import DayCheck
from content_calendar.models.decision import PostDecision
from content_calendar.models.hashtag import PostHashtag
from content_calendar.models.held_post import HeldPost
from content_calendar.models.media import PostMedia
from content_calendar.models.outcome import OutcomeAnswer
from content_calendar.models.post import Post, PostVersion, Tag
from content_calendar.models.reason import PostReason
from content_calendar.models.saved_filter import SavedFilter
from content_calendar.models.snapshot import PostSnapshot
from content_calendar.models.template import PostTemplate
from content_calendar.models.zone_question import ZoneQuestion

__all__ = [
    "DayCheck",
    "HeldPost",
    "OutcomeAnswer",
    "Post",
    "PostComment",
    "PostDecision",
    "PostHashtag",
    "PostMedia",
    "PostReason",
    "PostSnapshot",
    "PostTemplate",
    "PostVersion",
    "SavedFilter",
    "Tag",
    "ZoneQuestion",
]
