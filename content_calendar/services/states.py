"""Changing the state of a post, by the table of ``content_calendar.enums``."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from activity.services import record
from content_calendar.enums import TRANSITIONS, WAITING, PostState
from content_calendar.models import Post
from core.exceptions import Refusal
from notifications.services import mark_answered

#: The kind of notice that asks for an approval (``content_calendar.notices``).
ASKED = "content_calendar.approval_asked"

#: Why a post does not go on from a state to one that ``TRANSITIONS`` does not name, and what would help.
REFUSALS = {
    PostState.IDEA: lazy("This post is still an idea. Give it a day and a time first."),
    PostState.DRAFT: lazy(
        "This post is still a draft. Submit it for approval or schedule it first."
    ),
    PostState.IN_REVIEW: lazy(
        "This post is waiting for approval. Withdraw it, or wait for the answer."
    ),
    PostState.CHANGES_REQUESTED: lazy(
        "Changes were requested for this post. Make them and submit it again."
    ),
    PostState.APPROVED: lazy("This post was approved already."),
    PostState.SCHEDULED: lazy("This post is scheduled already."),
    PostState.HANDED_OVER: lazy("This post was handed over to another tool. Take it back first."),
    PostState.PUBLISHED: lazy("This post was published already."),
    PostState.CANCELLED: lazy("This post was cancelled. Make it a draft again first."),
}


class TransitionError(Refusal):
    """The post does not go from its state to the one asked for, or somebody else was first."""


@transaction.atomic
def change_state(
    post: Post, to: PostState, *, by: User, revision: int | None = None, **also: Any
) -> Post:
    """Move ``post`` to ``to`` and write the fields ``also`` with it, or raise TransitionError.

    The UPDATE names the state that was read, and ``revision`` where it is given, so of two people at
    once only the first one wins. It raises the revision: a form that was read before merges with it.
    """
    before = PostState(post.state)
    if to not in TRANSITIONS[before]:
        raise TransitionError(str(REFUSALS[before]))
    as_read = Post.objects.filter(pk=post.pk, state=before, removed_at__isnull=True)
    if revision is not None:
        as_read = as_read.filter(revision=revision)
    changed = as_read.update(
        state=to,
        revision=models.F("revision") + 1,
        updated_at=timezone.now(),
        updated_by=by,
        **also,
    )
    if not changed:
        raise TransitionError(_("Somebody else changed this post meanwhile. Look at it again."))
    if before == PostState.IN_REVIEW:
        mark_answered(post.workspace, kind=ASKED, subject=("post", post.uid))
    post.refresh_from_db(fields=["state", "revision", "updated_at", "updated_by", *also])
    _record(post, by=by, before=before)
    return post


@transaction.atomic
def settle(post: Post, *, by: User) -> None:
    """Let a waiting post be published when all of its versions are."""
    if post.state not in WAITING:
        return
    moments = list(post.versions.values_list("published_at", flat=True))
    if moments and None not in moments:
        change_state(post, PostState.PUBLISHED, by=by)


def _record(post: Post, *, by: User, before: PostState) -> None:
    """Leave the change of state in the log."""
    record(
        post.workspace,
        by=by,
        verb="content_calendar.post_state_changed",
        subject=("post", str(post.uid)),
        label=post.name,
        changes={"state": [str(before.label), str(post.get_state_display())]},
    )
