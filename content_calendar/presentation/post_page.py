"""What the page of a post says of it beside what can be typed."""

from typing import Any

from activity.models import Record, RecordQuerySet
from content_calendar.enums import PostState
from content_calendar.models import Post
from core.enums import ContentCategory

#: State → icon and look of the word.
STATE_LOOKS: dict[PostState, tuple[str, str]] = {
    PostState.IDEA: ("tip", ""),
    PostState.DRAFT: ("edit", ""),
    PostState.IN_REVIEW: ("eye", "tip"),
    PostState.CHANGES_REQUESTED: ("comment", "warn"),
    PostState.APPROVED: ("check", "good"),
    PostState.SCHEDULED: ("clock", "good"),
    PostState.HANDED_OVER: ("send", "good"),
    PostState.PUBLISHED: ("done", "good"),
    PostState.CANCELLED: ("x", ""),
}


def head_of(post: Post) -> dict[str, Any]:
    """Return the state's icon and look, and the category."""
    icon, look = STATE_LOOKS[PostState(post.state)]
    category = ContentCategory(post.category) if post.category else None
    return {"state_icon": icon, "state_look": look, "category": category}


def records_of(post: Post) -> RecordQuerySet:
    """Return the log of the post, newest first."""
    return (
        Record.objects.for_workspace(post.workspace)
        .filter(subject_kind="post", subject_uid=str(post.uid))
        .for_page()
    )
