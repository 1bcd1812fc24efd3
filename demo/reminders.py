"""What the museum's people want to be reminded of; one comes a minute after the demo was made."""

from datetime import datetime, timedelta

from django.utils import timezone

from activity.models import Record
from demo.museum import Museum
from notifications.models import Notification, Subject
from reminders.models import Firing, Schedule
from reminders.scheduler import fire, follow_workspaces
from reminders.services import ReminderValues, set_reminder
from strategies.in_force import open_milestones, version_in_force
from workspaces.enums import Role

WRITTEN = (Schedule, Firing, Notification, Record)

# Who sets it, whom it reminds, what it says, of which milestone; it came two days ago.
CAME = (
    ("marketer", "marketer", "Ask the volunteers for pictures of the dark week", "The dark week"),
    ("manager", "contributor", "Jonas, please send me the list of sounds", "sound library"),
)
SOON = "Look at what waits for you on Today"


def set_reminders(museum: Museum) -> None:
    """Set reminders that came, one that comes every week, and one for each role that comes soon."""
    came_at = museum.history.moment(museum.today - timedelta(days=2), 9)
    with museum.history.on(2, hour=9, only=WRITTEN):
        for by, to, note, title in CAME:
            _set(museum, by, to, note, came_at, about=_milestone(museum, title))
        for schedule in Schedule.objects.own().due(came_at).select_related("workspace"):
            fire(schedule, now=came_at)
    with museum.history.on(1, hour=12, only=WRITTEN):
        # What belongs to today is told by the first tick once the demo runs.
        follow_workspaces(now=museum.history.moment(museum.today - timedelta(days=1), 12))
    week_later = came_at + timedelta(days=7)
    with museum.history.on(2, hour=11, only=WRITTEN):
        _set(museum, "marketer", "marketer", "Read the comments", week_later, repeat="weekly")
        for role in Role.values:
            _set(museum, role, role, SOON, timezone.now() + timedelta(minutes=1))


def _milestone(museum: Museum, title: str) -> Subject | None:
    """A milestone of the strategy in force that is still to be done, by words of its title."""
    version = version_in_force(museum.workspace, museum.today)
    found = open_milestones(version).filter(title__icontains=title) if version else None
    milestone = found.order_by("due_on", "pk").first() if found is not None else None
    return ("milestone", milestone.uid) if milestone else None


def _set(
    museum: Museum,
    by: str,
    to: str,
    note: str,
    at: datetime,
    *,
    about: Subject | None = None,
    repeat: str = "",
) -> None:
    local = at.astimezone(museum.workspace.zone)
    values = ReminderValues(
        note=note,
        starts_on=local.date(),
        starts_time=local.time().replace(second=0, microsecond=0),
        timezone=museum.workspace.timezone,
        repeat=repeat,
        recipient=museum.members[to],
    )
    set_reminder(
        museum.workspace,
        subject=about,
        values=values,
        by=museum.users[by],
        now=at - timedelta(hours=1),
    )
