"""Posts that go out by hand, and posts that were handed over to another tool."""

import uuid
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from content_calendar.enums import WAITING, PostState
from content_calendar.findings import PostFinding
from content_calendar.models import OutcomeAnswer, Post, PostVersion
from content_calendar.models.held_post import not_stopped_there
from content_calendar.services.approval import (
    blockers_in,
    refuse_unless_drafting,
    refuse_unless_ready,
)
from content_calendar.services.holding import refuse_if_held
from content_calendar.services.states import change_state, settle
from core.exceptions import Refusal
from core.text import isolated
from workspaces.models import Workspace

#: What a post has that lies in no other tool.
NOT_HANDED_OVER: dict[str, Any] = {
    "handed_over_to": "",
    "handed_over_at": None,
    "handed_over_by": None,
}


# --- published ------------------------------------------------------------------------------------


@transaction.atomic
def mark_published(
    version: PostVersion,
    *,
    by: User,
    address: str = "",
    findings: Iterable[PostFinding] = (),
    went_out_all_the_same: bool = False,
) -> PostVersion:
    """Say that the version is out; when all of the post are, the post is published.

    Raises Refusal when the post may not go out yet, for a blocker among ``findings`` unless it
    ``went_out_all_the_same``, and when somebody said so already. While posts are stopped that is
    refused too; what another tool has published is noted all the same.
    """
    post = version.post
    refuse_unless_drafting(post, by)
    if post.state != PostState.HANDED_OVER:
        refuse_if_held(post, channels=[version.channel_id])
    blockers = blockers_in(findings)
    if blockers and not went_out_all_the_same:
        raise Refusal(" ".join(blockers))
    if not _claim(post, by=by):
        raise Refusal(
            _("This post is not approved or scheduled, so it is not marked as published.")
        )
    open_version = PostVersion.objects.filter(pk=version.pk, published_at__isnull=True)
    if not open_version.update(
        published_at=timezone.now(), published_by=by, published_address=address
    ):
        raise Refusal(_("This is marked as published already."))
    version.refresh_from_db()
    version.post = post
    _record(
        post,
        "content_calendar.version_published",
        by=by,
        channel=version,
        address=address,
        blockers=" ".join(blockers),
    )
    settle(post, by=by)
    return version


@transaction.atomic
def set_published_address(version: PostVersion, address: str, *, by: User) -> None:
    """Write where a published version stands. Raises Refusal when it is not published."""
    refuse_unless_drafting(version.post, by)
    out = PostVersion.objects.filter(pk=version.pk, published_at__isnull=False)
    if not out.update(published_address=address):
        raise Refusal(_("This is not marked as published."))
    _record(
        version.post, "content_calendar.version_published", by=by, channel=version, address=address
    )


@transaction.atomic
def take_back_published(version: PostVersion, *, by: User) -> None:
    """Say that the version is not out after all; a published post waits again, where it waited."""
    post = version.post
    refuse_unless_drafting(post, by)
    if post.state == PostState.PUBLISHED:
        change_state(post, _waits_as(post), by=by)
    elif not _claim(post, by=by):
        raise Refusal(_("This post is not waiting to go out."))
    out = PostVersion.objects.filter(pk=version.pk, published_at__isnull=False)
    if not out.update(published_at=None, published_by=None, published_address=""):
        raise Refusal(_("This is not marked as published."))
    _record(post, "content_calendar.version_not_published", by=by, channel=version)


def _claim(post: Post, *, by: User) -> bool:
    """Take turns with others who mark versions of the same post: the last one sees all the others."""
    waiting = Post.objects.filter(pk=post.pk, state__in=WAITING, removed_at__isnull=True)
    if not waiting.update(
        revision=models.F("revision") + 1, updated_at=timezone.now(), updated_by=by
    ):
        return False
    post.refresh_from_db(fields=["state", "revision", "updated_at", "updated_by"])
    return True


def _waits_as(post: Post) -> PostState:
    return PostState.HANDED_OVER if post.handed_over_at else PostState.SCHEDULED


# --- handed over ----------------------------------------------------------------------------------


@transaction.atomic
def hand_over(post: Post, *, tool: str, by: User, findings: Iterable[PostFinding] = ()) -> Post:
    """Say that the post lies in ``tool`` from now on, which will publish it."""
    refuse_unless_drafting(post, by)
    refuse_unless_ready(post, findings)
    refuse_if_held(post)
    return change_state(
        post,
        PostState.HANDED_OVER,
        by=by,
        handed_over_to=tool,
        handed_over_at=timezone.now(),
        handed_over_by=by,
    )


@transaction.atomic
def hand_over_many(
    posts: Iterable[Post],
    *,
    tool: str,
    by: User,
    findings_of: Callable[[Post], Iterable[PostFinding]] = lambda _post: (),
) -> tuple[list[Post], list[str]]:
    """Hand over each post that can be; return those, and a sentence for each that was not."""
    handed_over, left_out = [], []
    for post in posts:
        try:
            with transaction.atomic():
                now = hand_over(post, tool=tool, by=by, findings=findings_of(post))
        except Refusal as refusal:
            left_out.append(
                _("%(post)s was left out. %(reason)s")
                % {"post": isolated(post), "reason": str(refusal)}
            )
        else:
            handed_over.append(now)
    return handed_over, left_out


@transaction.atomic
def take_back(post: Post, *, by: User) -> Post:
    """Say that the post no longer lies in another tool; its owner publishes it."""
    refuse_unless_drafting(post, by)
    return change_state(post, PostState.SCHEDULED, by=by, **NOT_HANDED_OVER)


# --- “these posts should be out” ------------------------------------------------------------------


@transaction.atomic
def answer_outcome(
    workspace: Workspace,
    *,
    asked: Collection[uuid.UUID],
    not_out: Collection[uuid.UUID],
    by: User,
) -> OutcomeAnswer:
    """Mark as published what of ``asked`` should be out by now, but for ``not_out``.

    Those did not go out and no longer lie in the tool: their owners publish them. Posts that somebody
    else dealt with meanwhile are left as they are.
    """
    now = timezone.now()
    answer = OutcomeAnswer(workspace=workspace, by=by, at=now)
    posts = Post.objects.for_workspace(workspace).live().should_be_out(now).filter(uid__in=asked)
    for post in not_stopped_there(posts).select_related("workspace"):
        refuse_unless_drafting(post, by)
        if post.uid in not_out:
            answer.not_out[str(post.pk)] = _handed_over_as(post)
            change_state(post, PostState.SCHEDULED, by=by, **NOT_HANDED_OVER)
        else:
            answer.out[str(post.pk)] = _publish_due(post, now, by=by)
    answer.save()
    return answer


@transaction.atomic
def undo_outcome(answer: OutcomeAnswer, *, by: User) -> int:
    """Take an answer back, once; return for how many posts. What was changed since stays."""
    answers = OutcomeAnswer.objects.filter(pk=answer.pk, undone_at__isnull=True)
    if not answers.update(undone_at=timezone.now()):
        raise Refusal(_("This was undone already."))
    own = Post.objects.for_workspace(answer.workspace).live().select_related("workspace")
    number = 0
    for post in own.filter(pk__in=list(answer.out)):
        number += _unpublish(post, answer, by=by)
    for post in own.filter(pk__in=list(answer.not_out), state=PostState.SCHEDULED):
        refuse_if_held(post)
        change_state(post, PostState.HANDED_OVER, by=by, **answer.not_out[str(post.pk)])
        number += 1
    return number


def _publish_due(post: Post, now: datetime, *, by: User) -> list[int]:
    """Mark the versions whose minute has passed; return their keys."""
    if not _claim(post, by=by):
        return []
    due = post.versions.filter(goes_out_at__lte=now, published_at__isnull=True)
    keys = list(due.values_list("pk", flat=True))
    PostVersion.objects.filter(pk__in=keys).update(published_at=now, published_by=by)
    settle(post, by=by)
    return keys


def _unpublish(post: Post, answer: OutcomeAnswer, *, by: User) -> bool:
    marked = PostVersion.objects.filter(
        pk__in=answer.out[str(post.pk)], published_at=answer.at, published_by=answer.by_id
    )
    if not marked.update(published_at=None, published_by=None, published_address=""):
        return False
    if post.state == PostState.PUBLISHED:
        change_state(post, _waits_as(post), by=by)
    return True


def _handed_over_as(post: Post) -> dict[str, Any]:
    return {
        "handed_over_to": post.handed_over_to,
        "handed_over_at": post.handed_over_at.isoformat() if post.handed_over_at else None,
        "handed_over_by": post.handed_over_by_id,
    }


def _record(
    post: Post,
    verb: str,
    *,
    by: User,
    channel: PostVersion,
    address: str = "",
    blockers: str = "",
) -> None:
    changes: dict[str, list[Any]] = {"channel": ["", str(channel.channel)]}
    if address:
        changes["published_address"] = ["", address]
    if blockers:
        changes["blockers"] = ["", blockers]
    record(
        post.workspace,
        by=by,
        verb=verb,
        subject=("post", str(post.uid)),
        label=post.name,
        changes=changes,
    )
