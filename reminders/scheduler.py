"""Turning schedules into notices: each occurrence once, however many schedulers run.

An occurrence is fired in one transaction, which moves the schedule on only if nobody else has
(``version``). Whatever goes wrong in it leaves the schedule as it was, and the next tick tries again.
"""

import logging
import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Min
from django.utils.translation import gettext as _

from core.database_clock import database_now
from notifications.services import notify
from notifications.ticks import REMINDERS, record_tick
from reminders.enums import DAY_BEGINS, MORNING, TOO_LATE, FiringState
from reminders.kinds.own import why_not
from reminders.models import Firing, Schedule
from reminders.recurrence import Occurrence, first_from, moment_of, next_occurrence
from reminders.timed_kinds import (
    TIMED_KINDS,
    DailyKind,
    Moment,
    MomentKind,
    OwnKind,
    TimedKind,
    ToTell,
    daily_codes,
    moment_kinds,
)
from workspaces.models import Membership, Workspace

logger = logging.getLogger(__name__)

BATCH = 50
#: A batch is drawn from so many that have been due longest.
DRAWN_FROM = 1_000
#: A tick leaves the rest to the next one after so many occurrences.
OCCURRENCES_AT_MOST = 5_000
#: How far back moments are looked for that nobody has fired, so that those too late are listed.
LOOK_BACK = timedelta(days=7)
DAILY = "FREQ=DAILY"


def fire_due(*, now: datetime | None = None) -> Counter[str]:
    """Fire everything whose time has come, and count what became of the occurrences."""
    now = now or database_now()
    record_tick(REMINDERS)
    follow_workspaces(now=now)
    tally: Counter[str] = Counter()
    broken: set[int] = set()
    while sum(tally.values()) < OCCURRENCES_AT_MOST:
        batch = draw_batch(now, leave_out=broken)
        if not batch:
            break
        for schedule in batch:
            outcome = _guarded(schedule, fire, schedule, now=now)
            tally[outcome] += 1
            if outcome == "broken":
                broken.add(schedule.pk)
        record_tick(REMINDERS)
    for kind in moment_kinds():
        for moment in kind.find(now - LOOK_BACK, now):
            tally[_guarded(moment.subject, fire_moment, kind, moment, now=now)] += 1
    return tally


def draw_batch(now: datetime, *, leave_out: Collection[int]) -> list[Schedule]:
    """Return some of the schedules that have been due longest, drawn by lot.

    Schedulers that run at once then seldom work on the same ones, of which only one can fire each.
    """
    due = Schedule.objects.due(now).exclude(pk__in=leave_out).order_by("next_at", "pk")
    first = list(due.values_list("pk", flat=True)[:DRAWN_FROM])
    drawn = random.sample(first, min(BATCH, len(first)))
    return list(due.filter(pk__in=drawn).select_related("workspace", "owner", "recipient"))


def _guarded(what: object, deed: Callable[..., str], *args: Any, now: datetime) -> str:
    try:
        return deed(*args, now=now)
    except Exception:
        # The outermost door: one that cannot be fired must not hold up the others.
        logger.exception("%s cannot be fired", what)
        return "broken"


@transaction.atomic
def fire(schedule: Schedule, *, now: datetime) -> str:
    """Fire the next occurrence of ``schedule`` as it was read, and move it on.

    Returns what became of it.
    """
    occurrence = schedule.next
    if occurrence is None or not move_on(schedule, occurrence):
        return "lost"
    on, at = occurrence.wall.date(), occurrence.wall.time()
    firing = Firing(
        schedule=schedule,
        workspace=schedule.workspace,
        kind=schedule.kind,
        occurs_on=on,
        occurs_time=at,
        due_at=occurrence.at,
        fired_at=now,
    )
    if Firing.objects.filter(schedule=schedule, occurs_on=on, occurs_time=at).exists():
        return "known"
    _tell(schedule, firing)
    firing.save(force_insert=True)
    return firing.state


@transaction.atomic
def fire_moment(kind: MomentKind, moment: Moment, *, now: datetime) -> str:
    """Fire what comes at a moment of its own; of several at once only one tells."""
    wall = moment.at.astimezone(moment.workspace.zone)
    is_too_late = now - moment.at > TOO_LATE
    is_from_before = is_too_late and _looked_after_since(moment.workspace) > moment.at
    firing = Firing(
        workspace=moment.workspace,
        kind=kind.code,
        subject_uid=moment.subject[1],
        occurs_on=wall.date(),
        occurs_time=wall.time(),
        due_at=moment.at,
        fired_at=now,
        state=FiringState.EXPIRED if is_too_late else FiringState.TOLD,
    )
    if is_from_before:
        firing.state = FiringState.DROPPED
        firing.reason = _("It came before reminders were kept here.")
    Firing.objects.bulk_create([firing], ignore_conflicts=True)
    mine = Firing.objects.filter(
        kind=kind.code, subject_uid=moment.subject[1], due_at=moment.at, token=firing.token
    )
    if not mine.exists():
        return "lost"
    if not is_too_late:
        tell(moment.workspace, kind, moment.tellings, due_at=moment.at)
    return firing.state


def _looked_after_since(workspace: Workspace) -> datetime:
    """Return when the workspace's reminders began: nothing before that was anybody's to tell."""
    own = Schedule.objects.for_workspace(workspace).filter(owner__isnull=True)
    first = own.aggregate(first=Min("created_at"))["first"]
    return first or datetime.max.replace(tzinfo=UTC)


def move_on(schedule: Schedule, occurrence: Occurrence) -> bool:
    """Set the schedule to what follows ``occurrence``; False when somebody else was first.

    The workspace's own schedules never end; a person's are bounded (``recurrence``).
    """
    starts = schedule.starts if schedule.owner_id else occurrence.wall
    following = next_occurrence(starts, schedule.rule, schedule.zone, after=occurrence.wall)
    moved = Schedule.objects.running().filter(pk=schedule.pk, version=schedule.version)
    return bool(moved.update(version=F("version") + 1, **next_fields(following)))


def next_fields(occurrence: Occurrence | None) -> dict[str, object]:
    """Return the columns of a schedule that hold its next occurrence."""
    if occurrence is None:
        return {"next_on": None, "next_time": None, "next_at": None}
    wall, at = occurrence
    return {"next_on": wall.date(), "next_time": wall.time(), "next_at": at}


def _tell(schedule: Schedule, firing: Firing) -> None:
    """Write the notices of an occurrence, or say in ``firing`` why there are none."""
    kind = TIMED_KINDS[schedule.kind]
    is_too_late = firing.fired_at - firing.due_at > TOO_LATE
    if isinstance(kind, DailyKind):
        if is_too_late:
            firing.state, firing.reason = FiringState.DROPPED, _("It was told with a later day.")
            return
        wall = datetime.combine(firing.occurs_on, MORNING)
        found = kind.find(schedule.workspace, firing.occurs_on)
        tell(schedule.workspace, kind, found, due_at=moment_of(wall, schedule.zone))
    elif is_too_late:
        firing.state = FiringState.EXPIRED
    elif isinstance(kind, OwnKind):
        firing.reason = why_not(schedule)
        if firing.reason:
            firing.state = FiringState.DROPPED
            return
        suffix = f":{firing.occurs_on} {firing.occurs_time}"
        tell(schedule.workspace, kind, kind.find(schedule), due_at=firing.due_at, suffix=suffix)


def tell(
    workspace: Workspace,
    kind: TimedKind,
    tellings: Iterable[ToTell],
    *,
    due_at: datetime,
    suffix: str = "",
) -> None:
    """Write the notices to those who are members, and the emails that are due at ``due_at``."""
    members = set(
        Membership.objects.for_workspace(workspace).active().values_list("user_id", flat=True)
    )
    for telling in tellings:
        notify(
            workspace=workspace,
            recipients=[user for user in telling.recipients if user.pk in members],
            kind=telling.notice or kind.notice.code,
            source=f"{telling.source}{suffix}",
            subject=telling.subject,
            params={**telling.params, "why": telling.why},
            url=telling.url,
            by=telling.by,
            due_at=due_at,
        )


# --- the workspaces' own schedules --------------------------------------------------------------


def follow_workspaces(*, now: datetime) -> None:
    """Give each workspace a schedule for every kind that belongs to a day, in its own zone."""
    codes = daily_codes()
    complete = (
        Schedule.objects.filter(owner__isnull=True, kind__in=codes)
        .values("workspace")
        .annotate(number=Count("pk"))
        .filter(number=len(codes))
    )
    for workspace in Workspace.objects.exclude(pk__in=complete.values("workspace")):
        first = first_look(workspace, now=now)
        new = [_daily(workspace, code, first) for code in codes]
        Schedule.objects.bulk_create(new, ignore_conflicts=True)
    moved = Schedule.objects.filter(owner__isnull=True).exclude(timezone=F("workspace__timezone"))
    for schedule in moved.select_related("workspace"):
        first = first_look(schedule.workspace, now=now)
        Schedule.objects.filter(pk=schedule.pk, version=schedule.version).update(
            timezone=schedule.workspace.timezone,
            version=F("version") + 1,
            **next_fields(first),
        )


def first_look(workspace: Workspace, *, now: datetime) -> Occurrence | None:
    """Return when a workspace's next day begins, for its first look at what is due."""
    starts = datetime.combine(workspace.today(now), DAY_BEGINS)
    return first_from(starts, DAILY, workspace.zone, now=now)


def _daily(workspace: Workspace, code: str, first: Occurrence | None) -> Schedule:
    return Schedule(
        workspace=workspace,
        kind=code,
        starts_on=workspace.today(),
        starts_time=DAY_BEGINS,
        timezone=workspace.timezone,
        rule=DAILY,
        **next_fields(first),
    )
