"""What becomes of posts when the time zone of their workspace changes.

Planned posts keep their time on the clock, at once, and one is asked whether they keep their moment
instead. Posts that are out keep the moment at which they went out.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from content_calendar.domain.moments import NoSuchTime, moment_of
from content_calendar.enums import PostState
from content_calendar.models import Post, PostVersion, ZoneQuestion
from core.exceptions import Refusal
from workspaces.models import Workspace

AT_ONCE = 200  # rows in one UPDATE


@transaction.atomic
def follow_zone(workspace: Workspace, before: str, by: User) -> None:
    """Give posts of the workspace, which has its new zone, their new times; ask about planned ones.

    Of several changes in a row the moments before the first one are asked about; back in the zone
    of that time, nothing is asked any more.
    """
    posts = list(
        Post.objects.for_workspace(workspace)
        .filter(planned_at__isnull=False)
        .prefetch_related("versions")
    )
    moments = {str(post.pk): _moments_of(post) for post in posts}
    for post in posts:
        if post.state == PostState.PUBLISHED:
            _keep_moment(post, moments[str(post.pk)], workspace.zone)
        else:
            _keep_clock(post, workspace.zone)
    _write(posts)
    waiting = ZoneQuestion.objects.for_workspace(workspace).unanswered().first()
    if waiting is not None and waiting.before == workspace.timezone:
        waiting.delete()
    elif waiting is None and any(_is_planned(post) for post in posts):
        asked = {
            key: {**moments[key], "typed": _typed(post)}
            for post in posts
            if _is_planned(post) and (key := str(post.pk))
        }
        ZoneQuestion.objects.create(workspace=workspace, before=before, moments=asked)


@transaction.atomic
def keep_clock_times(question: ZoneQuestion, *, by: User) -> None:
    """Leave planned posts as they are. Raises Refusal when the question was answered."""
    _answer(question, by=by)


@transaction.atomic
def keep_moments(question: ZoneQuestion, *, by: User) -> int:
    """Put planned posts back to the moments that they had; return how many.

    A post that was moved since, or is out, stays as it is. Raises Refusal when the question was
    answered.
    """
    _answer(question, by=by)
    workspace = question.workspace
    found = Post.objects.for_workspace(workspace).filter(pk__in=list(question.moments))
    posts = [
        post
        for post in found.prefetch_related("versions")
        if _is_planned(post) and _typed(post) == question.moments[str(post.pk)]["typed"]
    ]
    for post in posts:
        _keep_moment(post, question.moments[str(post.pk)], workspace.zone)
    _write(posts)
    record(
        workspace,
        by=by,
        verb="content_calendar.zone_answered",
        subject=("workspace", str(workspace.pk)),
    )
    return len(posts)


def _answer(question: ZoneQuestion, *, by: User) -> None:
    waiting = ZoneQuestion.objects.unanswered().filter(pk=question.pk)
    if not waiting.update(answered_at=timezone.now(), answered_by=by):
        raise Refusal(_("Somebody has answered this already."))


def _is_planned(post: Post) -> bool:
    return post.planned_at is not None and post.state != PostState.PUBLISHED


def _typed(post: Post) -> list[str]:
    return [f"{post.planned_on}", f"{post.planned_time:%H:%M}"]


def _moments_of(post: Post) -> dict[str, Any]:
    """Return the moments of a post and of its versions, as JSON."""
    return {
        "post": _as_text(post.planned_at),
        "versions": {str(one.pk): _as_text(one.goes_out_at) for one in post.versions.all()},
    }


def _as_text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _keep_clock(post: Post, zone: ZoneInfo) -> None:
    """Let the moments follow from day and time in ``zone``."""
    day = post.planned_on
    if day is None or post.planned_time is None:
        return
    post.planned_time, post.planned_at = _on_clock(day, post.planned_time, zone)
    for version in post.versions.all():
        version.goes_out_at = post.planned_at
        if version.own_time is not None:
            version.own_time, version.goes_out_at = _on_clock(day, version.own_time, zone)


def _keep_moment(post: Post, moments: Mapping[str, Any], zone: ZoneInfo) -> None:
    """Let day and time be what the clocks in ``zone`` show at the moments.

    A version goes out on the day of its post: where the clocks show another day for it, it keeps its
    own time on the clock.
    """
    post.planned_at = datetime.fromisoformat(moments["post"])
    local = post.planned_at.astimezone(zone)
    post.planned_on, post.planned_time = local.date(), local.time()
    for version in post.versions.all():
        version.goes_out_at = post.planned_at
        if version.own_time is None:
            continue
        moment = moments["versions"].get(str(version.pk))
        there = datetime.fromisoformat(moment).astimezone(zone) if moment else None
        at = version.own_time
        if there is not None and there.date() == post.planned_on:
            at = there.time()
        version.own_time, version.goes_out_at = _on_clock(post.planned_on, at, zone)


def _on_clock(day: date, at: time, zone: ZoneInfo) -> tuple[time, datetime]:
    """Return the time and its moment; an hour later where the clocks skip it."""
    try:
        return at, moment_of(day, at, zone)
    except NoSuchTime as skipped:
        return skipped.instead, moment_of(day, skipped.instead, zone)


def _write(posts: Sequence[Post]) -> None:
    versions = [version for post in posts for version in post.versions.all()]
    for post in posts:
        post.revision = F("revision") + 1
    Post.objects.bulk_update(
        posts, ["planned_on", "planned_time", "planned_at", "revision"], batch_size=AT_ONCE
    )
    PostVersion.objects.bulk_update(versions, ["own_time", "goes_out_at"], batch_size=AT_ONCE)
