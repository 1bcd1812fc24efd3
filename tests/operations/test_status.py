"""The status page, and what every page says when no worker runs."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activity.models import Record
from notifications.enums import DeliveryState
from notifications.models import Delivery, Tick
from notifications.services import notify
from notifications.ticks import PARTS
from reminders.enums import FiringState
from reminders.models import Firing
from tests.conftest import ClientAs
from tests.notifications.notification_types import TOLD
from tests.queries import queries_of
from tests.reminders.own import remind
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.usefixtures("told_type")
URL = "/w/fjordlys/status/"
TODAY = "/w/fjordlys/"
STOPPED = "Reminders and emails stand still: no worker runs."


def tell(*members: Membership, source: str = "once") -> None:
    notify(
        workspace=members[0].workspace,
        recipients=[member.user for member in members],
        kind=TOLD,
        source=source,
        params={"thing": "the plan"},
        url=TODAY,
        by=members[0].user,
    )


def ticked(seconds_ago: float, *parts: str) -> None:
    """The work as it last ran."""
    for part in parts or PARTS:
        at = timezone.now() - timedelta(seconds=seconds_ago)
        Tick.objects.update_or_create(part=part, defaults={"ticked_at": at})


def text_of(client: Client, url: str = URL) -> str:
    """A page as one line."""
    return " ".join(client.get(url).content.decode().split())


def many(member: Membership, number: int, **changes: Any) -> None:
    """Deliveries to ``member``, as they stand after ``changes``."""
    before = set(Delivery.objects.values_list("pk", flat=True))
    for each in range(number):
        tell(member, source=f"{len(before)}-{each}")
    Delivery.objects.exclude(pk__in=before).update(**changes)


def failed(member: Membership) -> Delivery:
    many(member, 1, state=DeliveryState.FAILED, last_error="550 no such person", attempts=8)
    return Delivery.objects.latest("pk")


# --- whether a worker runs ----------------------------------------------------------------------


def test_managers_and_admins_are_told_on_every_page_that_no_worker_runs(
    manager: Membership, admin: Membership, marketer: Membership, client_as: ClientAs
) -> None:
    ticked(119)

    for member, is_told in ((manager, True), (admin, True), (marketer, False)):
        for place in ("", "people/", "calendar/agenda/", "notices/"):
            page = text_of(client_as(member), TODAY + place)
            assert (STOPPED in page) is is_told, (member, place)
            assert (URL in page) is is_told, (member, place)


@pytest.mark.parametrize("part", PARTS)
def test_one_part_that_stands_still_is_told(
    part: str, manager: Membership, client_as: ClientAs
) -> None:
    ticked(1)
    assert STOPPED not in text_of(client_as(manager), TODAY)

    ticked(119, part)
    assert STOPPED in text_of(client_as(manager), TODAY)

    Tick.objects.filter(part=part).delete()
    assert STOPPED in text_of(client_as(manager), TODAY)


def test_looking_whether_a_worker_runs_is_one_query_of_those_who_are_told(
    manager: Membership, marketer: Membership, client_as: ClientAs
) -> None:
    """Two rows, read by those whose work it is; nobody else's pages ask anything."""
    for member, number in ((manager, 1), (marketer, 0)):
        client = client_as(member)
        client.get(TODAY)
        with CaptureQueriesContext(connection) as captured:
            client.get(TODAY)
        asked = [query["sql"] for query in captured if "notifications_tick" in query["sql"]]
        assert len(asked) == number, member


def test_status_says_what_to_do_when_no_worker_runs(
    manager: Membership, client_as: ClientAs
) -> None:
    client = client_as(manager)

    page = text_of(client)
    assert "None has run yet" in page
    assert "celery --app strategy_planner worker" in page
    assert "manage.py send_due" in page
    assert STOPPED not in page  # the page itself says it

    ticked(1)
    page = text_of(client)
    assert "Runs, last at" in page
    assert "send_due" not in page


def test_a_tick_without_celery_counts(manager: Membership, client_as: ClientAs) -> None:
    tell(manager)

    call_command("send_due")

    assert set(Tick.objects.values_list("part", flat=True)) == set(PARTS)
    assert STOPPED not in text_of(client_as(manager), TODAY)


# --- what waits and what failed -----------------------------------------------------------------

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)  # 12:00 in Oslo


@time_machine.travel(NOON, tick=False)
def test_emails_are_counted_by_where_they_stand(
    admin: Membership, stranger: Membership, client_as: ClientAs
) -> None:
    def stand() -> tuple[int, int, int, int]:
        outbox = client_as(admin).get(URL).context["outbox"]
        return outbox.waiting, outbox.put_off, outbox.failed, outbox.expired

    assert stand() == (0, 0, 0, 0)
    assert "None yet" in text_of(client_as(admin))

    held = {"lease_token": uuid.uuid4(), "lease_until": NOON + timedelta(minutes=1)}
    many(admin, 4, next_at=NOON)
    many(admin, 1, state=DeliveryState.SENDING, **held)
    many(admin, 2, state=DeliveryState.RETRYING, next_at=NOON + timedelta(minutes=15))
    many(admin, 3, state=DeliveryState.FAILED)
    many(admin, 1, state=DeliveryState.EXPIRED)
    many(admin, 1, state=DeliveryState.SENT, sent_at=NOON - timedelta(minutes=118))
    many(stranger, 5, state=DeliveryState.FAILED)
    many(stranger, 5, next_at=NOON)

    assert stand() == (5, 2, 3, 1)
    page = text_of(client_as(admin))
    assert "next at 12:15" in page
    assert "<dd>10:02</dd>" in page

    Delivery.objects.filter(state=DeliveryState.RETRYING).update(next_at=NOON)  # nobody tried again
    assert stand() == (7, 0, 3, 1)


def test_longest_wait_is_of_this_workspace(
    admin: Membership, stranger: Membership, client_as: ClientAs
) -> None:
    many(stranger, 1, next_at=timezone.now() - timedelta(hours=1))
    assert "Nothing is overdue" in text_of(client_as(admin))

    many(admin, 1, next_at=timezone.now() - timedelta(minutes=3))
    health = client_as(admin).get(URL).context["health"]
    assert health.is_late
    assert timedelta(minutes=2) < health.overdue < timedelta(minutes=4)


def test_what_a_worker_holds_is_overdue_once_its_lease_has_run_out(
    admin: Membership, client_as: ClientAs
) -> None:
    now = timezone.now()
    held = {"state": DeliveryState.SENDING, "lease_token": uuid.uuid4()}
    many(admin, 1, **held, next_at=now - timedelta(hours=1), lease_until=now + timedelta(minutes=1))
    assert client_as(admin).get(URL).context["health"].overdue_since is None

    ran_out = now - timedelta(minutes=5)
    Delivery.objects.update(lease_until=ran_out)
    assert client_as(admin).get(URL).context["health"].overdue_since == ran_out


def test_reminder_that_nobody_fires_is_overdue(admin: Membership, client_as: ClientAs) -> None:
    schedule = remind(admin, now=datetime(2025, 1, 10, tzinfo=UTC), starts_on=NOON.date())

    assert client_as(admin).get(URL).context["health"].overdue_since == schedule.next_at


def test_reminders_that_came_too_late_are_counted(admin: Membership, client_as: ClientAs) -> None:
    now = timezone.now()
    for days, state in ((2, FiringState.EXPIRED), (31, FiringState.EXPIRED), (3, FiringState.TOLD)):
        due = now - timedelta(days=days)
        Firing.objects.create(
            workspace=admin.workspace,
            kind="post_due",
            subject_uid=uuid.uuid4(),
            occurs_on=due.date(),
            occurs_time=due.time(),
            due_at=due,
            fired_at=now,
            state=state,
        )

    assert "1 reminder of the last 30 days was more than a day late" in text_of(client_as(admin))


def test_failed_emails_are_for_admins(
    admin: Membership, manager: Membership, stranger: Membership, client_as: ClientAs
) -> None:
    many(stranger, 1, state=DeliveryState.FAILED, last_error="550 of next door")
    many(manager, 1, state=DeliveryState.FAILED, last_error="550 no such person", attempts=8)
    many(admin, 1, last_error="450 once")

    seen_by_admin = text_of(client_as(admin))
    assert "Reason: 550 no such person" in seen_by_admin
    assert "8 tries" in seen_by_admin
    assert "550 of next door" not in seen_by_admin
    assert "450 once" not in seen_by_admin
    seen_by_manager = text_of(client_as(manager))
    assert 'id="failed"' not in seen_by_manager
    assert "550 no such person" not in seen_by_manager


def test_page_costs_the_same_for_thirty(admin: Membership, client_as: ClientAs) -> None:
    client = client_as(admin)
    failed(admin)
    one = queries_of(client, URL)
    many(admin, 29, state=DeliveryState.FAILED)

    assert queries_of(client, URL) == one


def test_retry_and_discard_work_once(admin: Membership, client_as: ClientAs) -> None:
    delivery = failed(admin)
    client = client_as(admin)
    retry, discard = (
        reverse(f"operations:{name}", args=["fjordlys", delivery.uid])
        for name in ("retry", "discard")
    )

    client.post(retry)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.WAITING, 0)
    again = client.post(discard, follow=True).content.decode()
    assert "no longer among what failed" in again
    Delivery.objects.update(state=DeliveryState.FAILED)
    client.post(discard)
    too_late = client.post(retry, follow=True).content.decode()

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.CANCELLED
    assert "no longer among what failed" in too_late
    records = Record.objects.order_by("pk").values_list("verb", "label", "by")
    assert list(records) == [
        ("notifications.retried", admin.user.email, admin.user.pk),
        ("notifications.discarded", admin.user.email, admin.user.pk),
    ]


def test_failed_email_of_another_workspace_is_not_found(
    admin: Membership, stranger: Membership, client_as: ClientAs, other_workspace: Workspace
) -> None:
    theirs = failed(stranger)

    for name in ("retry", "discard"):
        url = reverse(f"operations:{name}", args=["fjordlys", theirs.uid])
        assert client_as(admin).post(url).status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == DeliveryState.FAILED
