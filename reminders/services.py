"""Setting, changing, pausing and removing one's own reminders: nothing else writes them."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone as clock
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from core.exceptions import Refusal
from core.rows import RowRemoved, claim_revision, refuse_too_many
from notifications.models import Subject
from reminders.enums import OWN, Repeat
from reminders.models import Schedule
from reminders.recurrence import first_from, monthly_rule
from reminders.scheduler import next_fields
from reminders.subjects import find_subject
from workspaces.models import Membership, Workspace

_RULES = {
    Repeat.ONCE: "",
    Repeat.DAILY: "FREQ=DAILY",
    Repeat.WEEKDAYS: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    Repeat.WEEKLY: "FREQ=WEEKLY",
    Repeat.FORTNIGHTLY: "FREQ=WEEKLY;INTERVAL=2",
    Repeat.YEARLY: "FREQ=YEARLY",
}


@dataclass(frozen=True)
class ReminderValues:
    """What a person says of a reminder; day and time are those of ``timezone``."""

    note: str
    starts_on: date
    starts_time: time
    timezone: str
    repeat: str
    recipient: Membership


def rule_of(repeat: str, starts_on: date) -> str:
    """Return the rule for a choice of ``Repeat``; a month or year goes by its first day."""
    if repeat == Repeat.MONTHLY:
        return monthly_rule(starts_on.day)
    return _RULES[Repeat(repeat)]


@transaction.atomic
def set_reminder(
    workspace: Workspace,
    *,
    subject: Subject | None,
    values: ReminderValues,
    by: User,
    uid: uuid.UUID | None = None,
    now: datetime | None = None,
) -> Schedule:
    """Set a reminder; the same ``uid`` again gives the same one. Raises Refusal, TooMany."""
    own = Schedule.objects.for_workspace(workspace).own()
    made = own.filter(uid=uid, owner=by).first() if uid else None
    if made is not None:
        return made
    refuse_too_many(own.running().filter(owner=by).count() + 1)
    if subject is not None and find_subject(workspace, subject) is None:
        raise Refusal(_("What the reminder is about is no longer there."))
    if subject is None and not values.note:
        raise Refusal(_("Say what the reminder is about."))
    kind, subject_uid = subject or ("", None)
    schedule = Schedule.objects.create(
        uid=uid or uuid.uuid4(),
        workspace=workspace,
        kind=OWN,
        owner=by,
        subject_kind=kind,
        subject_uid=subject_uid,
        **_columns(workspace, values, now=now),
    )
    _record(schedule, "reminders.set", by=by)
    return schedule


@transaction.atomic
def change_reminder(
    schedule: Schedule,
    *,
    values: ReminderValues,
    expected: int,
    by: User,
    now: datetime | None = None,
) -> None:
    """Write what was typed. Raises Conflict when it was saved after ``expected``, and Refusal.

    The raised ``version`` makes a scheduler lose that is just firing it as it was.
    """
    current = Schedule.objects.select_related("workspace").get(pk=schedule.pk)
    if current.removed_at is not None:
        raise RowRemoved(_("This reminder was removed. Bring it back to change it."))
    if not values.note and current.subject is None:
        raise Refusal(_("Say what the reminder is about."))
    claim_revision(current, expected)
    columns = _columns(current.workspace, values, now=now)
    Schedule.objects.filter(pk=current.pk).update(version=F("version") + 1, **columns)
    _record(current, "reminders.changed", by=by)


@transaction.atomic
def pause_reminder(schedule: Schedule, *, by: User) -> bool:
    """Let it rest until it is resumed; False when it rested already."""
    running = Schedule.objects.filter(pk=schedule.pk, is_paused=False, removed_at__isnull=True)
    if not running.update(is_paused=True, version=F("version") + 1, revision=F("revision") + 1):
        return False
    _record(schedule, "reminders.paused", by=by)
    return True


@transaction.atomic
def resume_reminder(schedule: Schedule, *, by: User, now: datetime | None = None) -> bool:
    """Go on with the next time that is not over; False when it did not rest."""
    paused = Schedule.objects.filter(pk=schedule.pk, is_paused=True, removed_at__isnull=True)
    following = _next_of(schedule, now=now)
    if not paused.update(
        is_paused=False, version=F("version") + 1, revision=F("revision") + 1, **following
    ):
        return False
    _record(schedule, "reminders.resumed", by=by)
    return True


@transaction.atomic
def remove_reminder(schedule: Schedule, *, by: User) -> bool:
    """Take it away, to be restored at will; False when it was gone already.

    An email that waits is not sent any more: it asks again just before (``still_wanted``).
    """
    there = Schedule.objects.filter(pk=schedule.pk, removed_at__isnull=True)
    if not there.update(
        removed_at=clock.now(), version=F("version") + 1, revision=F("revision") + 1
    ):
        return False
    _record(schedule, "reminders.removed", by=by)
    return True


@transaction.atomic
def restore_reminder(schedule: Schedule, *, by: User, now: datetime | None = None) -> bool:
    """Bring a removed reminder back; what came meanwhile is left out. False when it was there."""
    removed = Schedule.objects.filter(pk=schedule.pk, removed_at__isnull=False)
    following = _next_of(schedule, now=now)
    if not removed.update(
        removed_at=None, version=F("version") + 1, revision=F("revision") + 1, **following
    ):
        return False
    _record(schedule, "reminders.restored", by=by)
    return True


def _next_of(schedule: Schedule, *, now: datetime | None) -> dict[str, Any]:
    following = first_from(schedule.starts, schedule.rule, schedule.zone, now=now or clock.now())
    return next_fields(following)


def _columns(
    workspace: Workspace, values: ReminderValues, *, now: datetime | None
) -> dict[str, Any]:
    """Return the columns for what was typed; raises Refusal where it would never come."""
    recipient = values.recipient
    if recipient.workspace_id != workspace.pk or not recipient.is_active:
        raise Refusal(_("Choose somebody of this workspace."))
    rule = rule_of(values.repeat, values.starts_on)
    starts = datetime.combine(values.starts_on, values.starts_time)
    following = first_from(starts, rule, ZoneInfo(values.timezone), now=now or clock.now())
    if following is None:
        raise Refusal(_("That time is over. Choose a later one."))
    return {
        "recipient": recipient.user,
        "note": values.note,
        "starts_on": values.starts_on,
        "starts_time": values.starts_time,
        "timezone": values.timezone,
        "repeat": values.repeat,
        "rule": rule,
        **next_fields(following),
    }


def _record(schedule: Schedule, verb: str, *, by: User) -> None:
    """Leave a record without the note: a reminder is its people's own business."""
    record(schedule.workspace, by=by, verb=verb, subject=("reminder", str(schedule.uid)))
