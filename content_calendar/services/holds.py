"""Stopping posts, ticking off what lies in other tools, and lifting the stop post by post.

That a hold is on stands in ``policies`` (``is_held``). Here everything is done under a lock on the
workspace: of two people who stop posts at once the second one finds the hold of the first, and nobody
lifts a hold that was pressed again since their page was made.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from activity.services import record
from content_calendar.domain.moments import moment_of
from content_calendar.enums import HoldAnswer, PostState
from content_calendar.models import HeldPost, Post
from content_calendar.models.post import MISSED_AFTER, PostQuerySet
from content_calendar.services.approval import cancel_post, make_draft
from content_calendar.services.posts import DEFAULT_TIME, MOVED_BY_AT_MOST, move_post
from content_calendar.services.states import change_state
from core.exceptions import Refusal
from core.text import LIST_SEPARATOR, date_words
from networks.models import Channel
from notifications.services import notify
from policies.models import Hold
from workspaces.models import Membership, Workspace
from workspaces.permissions import Permission

#: Posts that go out within so many days are answered one by one before a hold is lifted.
ANSWERED_WITHIN = timedelta(days=7)


class PressedAgain(Refusal):
    """Somebody stopped posts again since the page was made from which the hold was to be lifted."""


# --- stopping -------------------------------------------------------------------------------------


@transaction.atomic
def stop_posts(
    workspace: Workspace, *, channels: Collection[Channel] = (), reason: str = "", by: User
) -> tuple[Hold, bool]:
    """Let nothing go out any more, on ``channels`` or (without any) at all.

    Returns the hold, and whether it stops more than was stopped before. Where one is on it is
    widened: two people who stop posts at once make one hold.
    """
    member = _lock(workspace, by, Permission.STOP_POSTS)
    if any(channel.workspace_id != workspace.pk for channel in channels):
        raise Refusal(_("Choose channels of this workspace."))
    hold = Hold.objects.for_workspace(workspace).on().first()
    if hold is not None:
        hold.workspace = workspace
        return hold, _press_again(hold, channels, reason.strip(), by=member)
    hold = Hold.objects.create(
        workspace=workspace, is_for_all=not channels, reason=reason.strip(), started_by=by
    )
    hold.channels.set(channels)
    changes = {"channels": ["", names_of(hold)], "reason": ["", hold.reason]}
    _record(hold, "content_calendar.hold_started", by=by, changes=changes)
    _tell_stopped(hold, hold.reason, by=by)
    return hold, True


def _press_again(hold: Hold, channels: Collection[Channel], reason: str, *, by: Membership) -> bool:
    """Widen a hold that is on, and note that somebody pressed again."""
    known = set(hold.channels.all())
    more = [] if hold.is_for_all else [one for one in channels if one not in known]
    to_all = not channels and not hold.is_for_all
    is_wider = bool(more or to_all)
    if not is_wider and by.user_id == hold.started_by_id and not reason:
        return False  # the second press of one finger
    before = names_of(hold)
    hold.is_for_all = hold.is_for_all or to_all
    hold.reason = hold.reason or reason
    Hold.objects.filter(pk=hold.pk).update(
        is_for_all=hold.is_for_all, reason=hold.reason, revision=models.F("revision") + 1
    )
    hold.refresh_from_db(fields=["revision"])
    hold.channels.add(*more)
    verb = "hold_widened" if is_wider else "hold_pressed_again"
    changes = {"channels": [before, names_of(hold)]} if is_wider else {}
    if reason:
        changes["reason"] = ["", reason]
    _record(hold, f"content_calendar.{verb}", by=by.user, changes=changes)
    if is_wider:
        _tell_stopped(hold, reason or hold.reason, by=by.user)
    return is_wider


def names_of(hold: Hold) -> str:
    """Name the channels that the hold stops."""
    if hold.is_for_all:
        return _("all channels")
    return LIST_SEPARATOR.join(str(channel) for channel in hold.channels.in_order())


# --- what is held ---------------------------------------------------------------------------------


def held_posts(hold: Hold) -> PostQuerySet:
    """Return the posts that a hold stops while it is on, soonest first."""
    posts = Post.objects.for_workspace(hold.workspace).live().on_hold()
    return posts.in_order() if hold.is_on else posts.none()


def to_answer(hold: Hold, now: datetime) -> PostQuerySet:
    """Return the posts of which a manager still has to say what becomes of them."""
    answered = HeldPost.objects.filter(hold=hold).answered().values("post")
    return held_posts(hold).filter(planned_at__lte=now + ANSWERED_WITHIN).exclude(pk__in=answered)


def in_other_tools(hold: Hold) -> PostQuerySet:
    """Return the held posts that lie in other tools, which this app cannot stop."""
    return held_posts(hold).filter(state=PostState.HANDED_OVER)


# --- in other tools -------------------------------------------------------------------------------


@transaction.atomic
def tick_off(hold: Hold, post: Post, *, by: User) -> None:
    """Note that somebody stopped the post by hand in the tool in which it lies; once."""
    _lock_on(hold, by, Permission.STOP_POSTS)
    if not in_other_tools(hold).filter(pk=post.pk).exists():
        raise Refusal(_("This post lies in no other tool any more. Look at it again."))
    row = _row(hold, post)
    ticked = HeldPost.objects.filter(pk=row.pk, stopped_at__isnull=True)
    if ticked.update(stopped_at=timezone.now(), stopped_by=by):
        changes = {"tool": ["", post.handed_over_to]}
        _record(hold, "content_calendar.hold_ticked", by=by, post=post, changes=changes)


@transaction.atomic
def take_tick_back(hold: Hold, post: Post, *, by: User) -> None:
    """Note that the post was not stopped in its tool after all."""
    _lock_on(hold, by, Permission.STOP_POSTS)
    ticked = HeldPost.objects.filter(hold=hold, post=post, stopped_at__isnull=False)
    if ticked.update(stopped_at=None, stopped_by=None):
        _record(hold, "content_calendar.hold_tick_taken_back", by=by, post=post)


# --- lifting, post by post ------------------------------------------------------------------------


@transaction.atomic
def answer_for(
    hold: Hold,
    post: Post,
    answer: HoldAnswer,
    *,
    by: User,
    day: date | None = None,
    at: time | None = None,
) -> Post:
    """Say what becomes of one post; return it as it is then. Nothing goes out before the lifting.

    ``day`` and ``at`` are where it is moved to. The answer may be changed while the post is held.
    """
    _lock_on(hold, by, Permission.LIFT_HOLD)
    now = timezone.now()
    found = held_posts(hold).select_related("workspace").filter(pk=post.pk).first()
    if found is None:
        raise Refusal(_("This post is no longer held. Look at it again."))
    post = found
    row = _row(hold, post)
    match answer:
        case HoldAnswer.AS_PLANNED:
            _refuse_long_past(post, now)
        case HoldAnswer.MOVED:
            _refuse_past_or_far(post, day, at, now)
            move_post(post, day, at, by=by)
        case HoldAnswer.CANCELLED:
            cancel_post(post, by=by)
        case HoldAnswer.DRAFT:
            if post.state == PostState.HANDED_OVER:
                change_state(post, PostState.SCHEDULED, by=by)
            make_draft(post, by=by)
    changed = Post.objects.select_related("workspace").get(pk=post.pk)
    moved_to = changed.planned_at if answer == HoldAnswer.MOVED else None
    HeldPost.objects.filter(pk=row.pk).update(
        answer=answer, moved_to=moved_to, answered_at=now, answered_by=by
    )
    changes = {"answer": [row.answer, answer]}
    _record(hold, "content_calendar.hold_answered", by=by, post=post, changes=changes)
    return changed


@transaction.atomic
def let_rest_go(hold: Hold, posts: Iterable[Post], *, by: User) -> int:
    """Answer *goes out as planned* for those of ``posts`` whose time is still to come."""
    _lock_on(hold, by, Permission.LIFT_HOLD)
    now = timezone.now()
    keys = [post.pk for post in posts]
    coming = list(to_answer(hold, now).filter(planned_at__gt=now, pk__in=keys))
    for post in coming:
        answer_for(hold, post, HoldAnswer.AS_PLANNED, by=by)
    return len(coming)


@transaction.atomic
def lift_hold(hold: Hold, *, expected: int, by: User) -> Hold:
    """End the hold: what was answered *goes out as planned*, and all later posts, are free again.

    ``expected`` is the revision that was looked at: raises PressedAgain when somebody stopped posts
    since, Refusal while posts wait for an answer or where it was lifted.
    """
    _lock_on(hold, by, Permission.LIFT_HOLD)
    now = timezone.now()
    if hold.revision != expected:
        raise PressedAgain(
            _("Somebody stopped posts again meanwhile. Look at what is held, then lift the stop.")
        )
    if number := to_answer(hold, now).count():
        raise Refusal(
            ngettext(
                "%(number)d post still waits for an answer. Say what becomes of it first.",
                "%(number)d posts still wait for an answer. Say what becomes of them first.",
                number,
            )
            % {"number": number}
        )
    later = held_posts(hold).filter(planned_at__gt=now + ANSWERED_WITHIN).count()
    Hold.objects.filter(pk=hold.pk).update(
        lifted_at=now, lifted_by=by, revision=models.F("revision") + 1
    )
    hold.refresh_from_db(fields=["lifted_at", "lifted_by", "revision"])
    changes: dict[str, list[Any]] = {"later": ["", str(later)]} if later else {}
    _record(hold, "content_calendar.hold_lifted", by=by, changes=changes)
    _tell_lifted(hold, by=by)
    return hold


def _refuse_long_past(post: Post, now: datetime) -> None:
    if post.planned_at is not None and post.planned_at <= now - MISSED_AFTER:
        raise Refusal(_("Its time passed more than a day ago. Move it to a new time."))


def _refuse_past_or_far(post: Post, day: date | None, at: time | None, now: datetime) -> None:
    if day is None:
        raise Refusal(_("Choose the day that it moves to."))
    last = post.workspace.today() + timedelta(days=MOVED_BY_AT_MOST)
    if day > last:
        raise Refusal(
            _("Choose a day until %(day)s. A post that waits longer than that needs another look.")
            % {"day": date_words(last, with_year=True)}
        )
    at = at or post.planned_time or DEFAULT_TIME
    if moment_of(day, at, post.workspace.zone) <= now:
        raise Refusal(_("That time has passed. Choose one that is still to come."))


# --- crisis information ---------------------------------------------------------------------------


@transaction.atomic
def mark_crisis_information(post: Post, is_crisis: bool, *, by: User) -> bool:
    """Let the post go out in spite of a hold, or no longer; False when it was so already."""
    _lock(post.workspace, by, Permission.LIFT_HOLD)
    other = Post.objects.live().filter(pk=post.pk, is_crisis_information=not is_crisis)
    if not other.update(
        is_crisis_information=is_crisis,
        revision=models.F("revision") + 1,
        updated_at=timezone.now(),
        updated_by=by,
    ):
        return False
    post.refresh_from_db(fields=["is_crisis_information", "revision", "updated_at", "updated_by"])
    record(
        post.workspace,
        by=by,
        verb=f"content_calendar.crisis_{'marked' if is_crisis else 'unmarked'}",
        subject=("post", str(post.uid)),
        label=post.name,
    )
    return True


# --- turns, rows and words ------------------------------------------------------------------------


def _lock(workspace: Workspace, by: User, permission: Permission) -> Membership:
    """Take turns with all who stop and lift here; return the membership of ``by``, who may."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    members = Membership.objects.for_workspace(workspace).active()
    member = members.filter(user=by).select_related("workspace").first()
    if member is None or not member.can(permission):
        if permission == Permission.STOP_POSTS:
            raise Refusal(_("Marketers, managers and admins stop posts. Call one of them."))
        raise Refusal(_("Managers and admins lift a stop. Call one of them."))
    return member


def _lock_on(hold: Hold, by: User, permission: Permission) -> None:
    """Take turns, and read the hold again; raise Refusal where somebody has lifted it."""
    _lock(hold.workspace, by, permission)
    hold.refresh_from_db(fields=["revision", "is_for_all", "lifted_at"])
    if not hold.is_on:
        raise Refusal(_("This stop was lifted already."))


def _row(hold: Hold, post: Post) -> HeldPost:
    how_it_stood = {"planned_at": post.planned_at, "tool": _tool_of(post)}
    return HeldPost.objects.get_or_create(hold=hold, post=post, defaults=how_it_stood)[0]


def _tool_of(post: Post) -> str:
    return post.handed_over_to if post.state == PostState.HANDED_OVER else ""


def _record(
    hold: Hold,
    verb: str,
    *,
    by: User,
    post: Post | None = None,
    changes: dict[str, list[Any]] | None = None,
) -> None:
    said = {name: pair for name, pair in (changes or {}).items() if pair[0] != pair[1]}
    record(
        hold.workspace,
        by=by,
        verb=verb,
        subject=("hold", str(hold.uid)),
        label=post.name if post else "",
        changes=said,
    )


def _tell_stopped(hold: Hold, reason: str, *, by: User) -> None:
    params = {"channels": names_of(hold), "reason": reason or _("none was given")}
    _tell(hold, "hold_started", params=params, by=by)


def _tell_lifted(hold: Hold, *, by: User) -> None:
    _tell(hold, "hold_lifted", params={"channels": names_of(hold)}, by=by)


def _tell(hold: Hold, what: str, *, params: dict[str, Any], by: User) -> None:
    """Tell all who draft posts; those who lift it are told in their quiet hours too."""
    members = Membership.objects.for_workspace(hold.workspace).active().select_related("user")
    others = [one for one in members if one.user_id != by.pk and one.can(Permission.DRAFT_POSTS)]
    for kind, people in (
        (f"content_calendar.{what}_urgent", [m for m in others if m.can(Permission.LIFT_HOLD)]),
        (f"content_calendar.{what}", [m for m in others if not m.can(Permission.LIFT_HOLD)]),
    ):
        notify(
            workspace=hold.workspace,
            recipients=[member.user for member in people],
            kind=kind,
            source=f"hold:{hold.uid}:{hold.revision}",
            subject=("hold", hold.uid),
            params=params,
            url=reverse("calendar:hold", args=[hold.workspace.slug, hold.uid]),
            by=by,
        )
