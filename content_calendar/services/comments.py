"""Comments on posts, and telling the people whom they mention."""

import re
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from activity.services import record
from content_calendar.models import Post, PostComment
from notifications.services import notify
from workspaces.models import Membership


@transaction.atomic
def add_comment(
    post: Post,
    text: str,
    *,
    by: User,
    mentions: Iterable[Membership] = (),
    uid: uuid.UUID | None = None,
) -> PostComment:
    """Add a comment, and tell those who are named in it (“@Kari Nordmann”) or in ``mentions``.

    Whoever is only in ``mentions`` is named at the beginning. The same ``uid`` again gives the same
    comment.
    """
    found = PostComment.objects.filter(post=post, uid=uid).first() if uid else None
    if found is not None:
        return found
    members = list(Membership.objects.for_workspace(post.workspace).active().by_name())
    named = mentioned_in(text, members)
    chosen = [member for member in mentions if member in members and member not in named]
    if chosen:
        text = " ".join([*(f"@{member.user}" for member in chosen), text])
    comment = PostComment.objects.create(post=post, uid=uid or uuid.uuid4(), author=by, text=text)
    notify(
        workspace=post.workspace,
        recipients=[member.user for member in [*named, *chosen] if member.user_id != by.pk],
        kind="content_calendar.mentioned",
        source=f"comment:{comment.uid}",
        subject=("comment", comment.uid),
        params={"post": post.name},
        url=f"{post.get_absolute_url()}#comment-{comment.uid}",
        by=by,
    )
    _record(comment, "content_calendar.comment_added", by=by)
    return comment


def mentioned_in(text: str, members: Iterable[Membership]) -> list[Membership]:
    """Return the members whom ``text`` names in full after an @, in the order of ``members``."""
    return [
        member
        for member in members
        if re.search(rf"@{re.escape(str(member.user))}(?!\w)", text, re.IGNORECASE)
    ]


@transaction.atomic
def remove_comment(comment: PostComment, *, by: User) -> bool:
    """Remove the comment, to be restored at will; False when it was gone already."""
    live = PostComment.objects.live().filter(pk=comment.pk)
    if not live.update(removed_at=timezone.now()):
        return False
    _record(comment, "content_calendar.comment_removed", by=by)
    return True


@transaction.atomic
def restore_comment(comment: PostComment, *, by: User) -> bool:
    """Bring a removed comment back; False when it was there already."""
    removed = PostComment.objects.filter(pk=comment.pk, removed_at__isnull=False)
    if not removed.update(removed_at=None):
        return False
    _record(comment, "content_calendar.comment_restored", by=by)
    return True


def _record(comment: PostComment, verb: str, *, by: User) -> None:
    record(
        comment.post.workspace,
        by=by,
        verb=verb,
        subject=("post", str(comment.post.uid)),
        label=comment.post.name,
    )
