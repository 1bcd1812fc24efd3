"""Rows for the fault tests, written as the program itself writes them. Needs Django set up."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.models import User
from notifications.enums import Pace, Topic, WebhookShape
from notifications.models import Delivery
from notifications.notification_types import NotificationType, register
from notifications.services import notify
from notifications.services_webhooks import add_webhook
from reminders.enums import OWN
from reminders.models import Schedule
from reminders.recurrence import first_from
from reminders.scheduler import next_fields
from workspaces.enums import Role
from workspaces.models import Membership, Workspace

#: A type of notice that goes out at once.
KIND = "faults.told"
#: A type of notice that goes to webhooks only.
SHARED = "faults.shared"
PEOPLE = 50

register(
    NotificationType(
        KIND,
        label="Faults",
        sentence="Look at %(title)s.",
        email_subject="Look at %(title)s",
        template="notifications/email.txt",
        why="It is a test.",
        topic=Topic.OWN,
        pace=Pace.AT_ONCE,
    )
)
register(NotificationType(SHARED, sentence="Look at %(title)s.", shared_label="Faults"))


def make_workspace(slug: str = "fjordlys", people: int = PEOPLE) -> Workspace:
    """A workspace with so many members."""
    workspace = Workspace.objects.create(name=slug, slug=slug)
    users = User.objects.bulk_create(
        User(name=f"Person {number}", email=f"{number}@{slug}.example") for number in range(people)
    )
    Membership.objects.bulk_create(
        Membership(workspace=workspace, user=user, role=Role.READER) for user in users
    )
    return workspace


def members_of(workspace: Workspace) -> list[User]:
    return list(User.objects.filter(memberships__workspace=workspace).order_by("pk"))


def write_deliveries(
    workspace: Workspace, number: int, *, due_at: datetime | None = None, start: int = 0
) -> None:
    """Write so many emails, through the service that everything uses."""
    people = members_of(workspace)
    for each in range(start, start + number, len(people)):
        notify(
            workspace=workspace,
            recipients=people[: start + number - each],
            kind=KIND,
            source=f"fault:{each}",
            params={"title": f"no. {each}"},
            url="/",
            due_at=due_at,
        )


def write_webhooks(workspace: Workspace, number: int, *, port: int) -> None:
    """Write so many notices to one webhook, through the service that everything uses."""
    person = members_of(workspace)[0]
    values = {
        "name": "Room",
        "shape": WebhookShape.STANDARD,
        "address": f"http://127.0.0.1:{port}/room",
        "kinds": [SHARED],
    }
    add_webhook(workspace, values, by=person)
    for each in range(number):
        notify(
            workspace=workspace,
            recipients=[person],
            kind=SHARED,
            source=f"shared:{each}",
            params={"title": f"no. {each}"},
            url="/",
        )


def keys_of_all() -> set[str]:
    """The key that each message carries, at every try."""
    return {str(one.message_key) for one in Delivery.objects.select_related("endpoint")}


def write_schedules(workspace: Workspace, number: int, *, starts: datetime, rule: str) -> None:
    """Write so many reminders, each of which comes from ``starts`` (UTC) on, a second apart."""
    people = members_of(workspace)
    rows = []
    for each in range(number):
        wall = (starts + timedelta(seconds=each % 60)).replace(tzinfo=None)
        person = people[each % len(people)]
        first = first_from(wall, rule, ZoneInfo("UTC"), now=starts - timedelta(days=1))
        rows.append(
            Schedule(
                workspace=workspace,
                kind=OWN,
                owner=person,
                recipient=person,
                note=f"no. {each}",
                starts_on=wall.date(),
                starts_time=wall.time(),
                timezone="UTC",
                rule=rule,
                **next_fields(first),
            )
        )
    Schedule.objects.bulk_create(rows)
