"""Turning schedules into notices: each occurrence once, however many schedulers run.

An occurrence is fired in one transaction, which moves the schedule on only if nobody else has
(``version``). Whatever goes wrong in it leaves the schedule as it was, and the next tick tries again.
"""

import logging
from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import F

from core.database_clock import database_now
from notifications.services import notify
from reminders.enums import TOO_LATE, FiringState
from reminders.kinds.own import why_not
from reminders.models import Firing, Schedule
from reminders.recurrence import Occurrence, next_occurrence
from reminders.timed_kinds import TIMED_KINDS, OwnKind, Telling

logger = logging.getLogger(__name__)

BATCH = 200
#: A tick leaves the rest to the next one after so many occurrences.
OCCURRENCES_AT_MOST = 5_000


def fire_due(*, now: datetime | None = None) -> Counter[str]:
    """Fire every schedule whose time has come, and count what became of the occurrences."""
    now = now or database_now()
    tally: Counter[str] = Counter()
    broken: set[int] = set()
    while sum(tally.values()) < OCCURRENCES_AT_MOST:
        due = Schedule.objects.due(now).exclude(pk__in=broken)
        batch = list(
            due.select_related("workspace", "owner", "recipient").order_by("next_at")[:BATCH]
        )
        if not batch:
            break
        for schedule in batch:
            try:
                tally[fire(schedule, now=now)] += 1
            except Exception:
                # The outermost door: one schedule that cannot be fired must not hold up the others.
                logger.exception("schedule %s cannot be fired", schedule.uid)
                broken.add(schedule.pk)
                tally["broken"] += 1
    return tally


@transaction.atomic
def fire(schedule: Schedule, *, now: datetime) -> str:
    """Fire the next occurrence of ``schedule`` as it was read, and move it on; return what became of it."""
    occurrence = schedule.next
    if occurrence is None or not move_on(schedule, occurrence):
        return "lost"
    firing = Firing(
        schedule=schedule,
        workspace=schedule.workspace,
        occurs_on=occurrence.wall.date(),
        occurs_time=occurrence.wall.time(),
        due_at=occurrence.at,
        fired_at=now,
    )
    same = Firing.objects.filter(
        schedule=schedule, occurs_on=firing.occurs_on, occurs_time=firing.occurs_time
    )
    if same.exists():
        return "known"
    if now - occurrence.at > TOO_LATE:
        firing.state = FiringState.EXPIRED
    else:
        _tell(schedule, firing)
    firing.save(force_insert=True)
    return firing.state


def move_on(schedule: Schedule, occurrence: Occurrence) -> bool:
    """Set the schedule to what follows ``occurrence``; False when somebody else was first."""
    following = next_occurrence(
        schedule.starts, schedule.rule, schedule.zone, after=occurrence.wall
    )
    moved = Schedule.objects.running().filter(pk=schedule.pk, version=schedule.version)
    return bool(moved.update(version=F("version") + 1, **next_fields(following)))


def next_fields(occurrence: Occurrence | None) -> dict[str, object]:
    """Return the columns of a schedule that hold its next occurrence."""
    if occurrence is None:
        return {"next_on": None, "next_time": None, "next_at": None}
    wall, at = occurrence
    return {"next_on": wall.date(), "next_time": wall.time(), "next_at": at}


def _tell(schedule: Schedule, firing: Firing) -> None:
    kind = TIMED_KINDS[schedule.kind]
    if isinstance(kind, OwnKind):
        firing.reason = why_not(schedule)
        if firing.reason:
            firing.state = FiringState.DROPPED
            return
        wall = f"{firing.occurs_on} {firing.occurs_time}"
        for telling in kind.find(schedule):
            tell(schedule, telling, kind.notice.code, due_at=firing.due_at, suffix=f":{wall}")


def tell(
    schedule: Schedule, telling: Telling, notice: str, *, due_at: datetime, suffix: str = ""
) -> None:
    """Write the notices, and the emails that are due at ``due_at``."""
    notify(
        workspace=schedule.workspace,
        recipients=telling.recipients,
        kind=telling.notice or notice,
        source=f"{telling.source}{suffix}",
        subject=telling.subject,
        params={**telling.params, "why": telling.why},
        url=telling.url,
        by=telling.by,
        due_at=due_at,
    )
