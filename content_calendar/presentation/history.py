"""The log of one post, for its page and for the page of its history."""

from activity.models import Record, RecordQuerySet
from content_calendar.models import Post


def records_of(post: Post) -> RecordQuerySet:
    """Return the log of the post, newest first."""
    return (
        Record.objects.for_workspace(post.workspace)
        .filter(subject_kind="post", subject_uid=str(post.uid))
        .for_page()
    )
