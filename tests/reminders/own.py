"""Setting a person's own reminder."""

from datetime import UTC, date, datetime, time
from typing import Any

from notifications.models import Subject
from reminders.models import Schedule
from reminders.services import ReminderValues, set_reminder
from workspaces.models import Membership

#: Before the first of them: Sunday 10 January 2027.
BEFORE = datetime(2027, 1, 10, 12, tzinfo=UTC)


def values(recipient: Membership, **changes: Any) -> ReminderValues:
    return ReminderValues(
        **{
            "note": "Ask the choir",
            "starts_on": date(2027, 1, 11),
            "starts_time": time(9),
            "timezone": "Europe/Oslo",
            "repeat": "",
            "recipient": recipient,
            **changes,
        }
    )


def remind(
    member: Membership, *, subject: Subject | None = None, now: datetime = BEFORE, **changes: Any
) -> Schedule:
    said = values(**{"recipient": member, **changes})
    return set_reminder(member.workspace, subject=subject, values=said, by=member.user, now=now)
