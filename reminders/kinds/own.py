"""What people want to be reminded of themselves, or remind others of."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.enums import Pace, Topic
from notifications.models import Notification
from notifications.notification_types import NotificationType
from notifications.notification_types import register as register_notice
from reminders.enums import OWN
from reminders.models import Schedule
from reminders.subjects import find_subject
from reminders.timed_kinds import COMMON, OwnKind, ToTell, register
from workspaces.models import Membership

FROM_OTHER = "reminders.from_other"


def why_not(schedule: Schedule) -> str:
    """Return why nobody is to be reminded any more, or ""."""
    if schedule.removed_at is not None:
        return _("The reminder was removed.")
    if schedule.is_paused:
        return _("The reminder is paused.")
    if not _is_member(schedule):
        return _("Who set the reminder is no longer a member.")
    if schedule.subject is None:
        return ""
    found = find_subject(schedule.workspace, schedule.subject)
    if found is None:
        return _("What it is about was removed.")
    return found.settled


def _is_member(schedule: Schedule) -> bool:
    members = Membership.objects.for_workspace(schedule.workspace).active()
    people = {schedule.owner_id, schedule.recipient_id}
    return members.filter(user__in=people).count() == len(people)


def find(schedule: Schedule) -> Iterator[ToTell]:
    """Tell the one person."""
    found = find_subject(schedule.workspace, schedule.subject)
    thing = found.name if found else ""
    if thing and schedule.note:
        about = _("%(note)s (“%(thing)s”)") % {"note": schedule.note, "thing": thing}
    else:
        about = schedule.note or thing
    is_own = schedule.owner_id == schedule.recipient_id
    yield ToTell(
        [person for person in (schedule.recipient,) if person is not None],
        source=f"schedule:{schedule.uid}",
        subject=schedule.subject,
        params={"about": about, "schedule": str(schedule.uid)},
        url=found.url if found else "",
        why="own" if is_own else "other",
        by=None if is_own else schedule.owner,
        notice="" if is_own else FROM_OTHER,
    )


def still_wanted(notification: Notification) -> "str | Promise":
    """Look at the reminder and at what it is about once more."""
    schedule = (
        Schedule.objects.for_workspace(notification.workspace)
        .filter(uid=notification.params["schedule"])
        .select_related("workspace")
        .first()
    )
    return why_not(schedule) if schedule else _("The reminder was removed.")


_SHARED: dict[str, Any] = {
    **COMMON,
    "pace": Pace.AT_ONCE,
    "topic": Topic.OWN,
    "breaks_quiet": True,
    "action": gettext_lazy("Open it"),
    "icon": "clock",
    "whys": {
        "own": gettext_lazy("You set this reminder yourself."),
        "other": gettext_lazy("%(person)s set this reminder for you."),
    },
    "recheck": still_wanted,
}

register(
    OwnKind(
        OWN,
        NotificationType(
            "reminders.own",
            label=gettext_lazy("Your own reminders"),
            sentence=gettext_lazy("Reminder: %(about)s"),
            **_SHARED,
        ),
        find=find,
    )
)
register_notice(
    NotificationType(
        FROM_OTHER,
        label=gettext_lazy("Reminders that others set for you"),
        sentence=gettext_lazy("%(person)s reminds you: %(about)s"),
        **_SHARED,
    )
)
