"""One daily email a person, at eight by their own clock."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from notifications import notification_types
from notifications.digest import make_digests
from notifications.enums import DIGEST, EMAIL, DeliveryState, Pace
from notifications.models import Delivery, Notification
from notifications.notification_types import NotificationType
from notifications.outbox import send_due
from notifications.services import choose_pace, notify
from tests.at_once import at_once
from tests.factories import MembershipFactory
from tests.notifications.notification_types import DAILY, TOLD
from workspaces.models import Membership, Workspace

NOON = datetime(2027, 1, 10, 11, tzinfo=UTC)
EIGHT = datetime(2027, 1, 11, 7, tzinfo=UTC)  # 08:00 in Oslo
DAY = timedelta(days=1)

pytestmark = pytest.mark.usefixtures("told_type", "daily_type")


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def tell(member: Membership, thing: str, **more: Any) -> None:
    notify(
        workspace=member.workspace,
        recipients=[member.user],
        **{"kind": DAILY, "source": thing, "params": {"thing": thing}, "url": "/w/x/", **more},
    )


def states() -> list[str]:
    own = Delivery.objects.exclude(notification__kind=DIGEST)
    return list(own.order_by("pk").values_list("state", flat=True))


def test_what_is_for_the_daily_email_comes_in_one_at_eight(reader: Membership) -> None:
    tell(reader, "the plan")
    tell(reader, "the budget")

    assert send_due(now=EIGHT - timedelta(seconds=1)) == {}
    assert send_due(now=EIGHT) == {"sent": 1}
    assert send_due(now=EIGHT + timedelta(hours=1)) == {}

    (letter,) = mail.outbox
    assert letter.subject == "Your day in Strategy Planner"
    assert letter.body.index("the plan") < letter.body.index("the budget")
    assert "Why: It is yours." in letter.body
    assert "http://127.0.0.1:8000/w/x/" in letter.body
    assert states() == [DeliveryState.DIGESTED] * 2


def test_notices_are_in_the_bell_at_once_and_the_email_itself_never(reader: Membership) -> None:
    tell(reader, "the plan")
    assert Notification.objects.to(reader.user).count() == 1

    send_due(now=EIGHT)

    assert Notification.objects.to(reader.user).count() == 1


def test_eight_is_by_the_clock_of_the_person(reader: Membership) -> None:
    reader.user.timezone = "America/New_York"
    reader.user.save()
    tell(reader, "the plan")

    assert send_due(now=datetime(2027, 1, 10, 12, 59, tzinfo=UTC)) == {}
    assert send_due(now=datetime(2027, 1, 10, 13, 0, tzinfo=UTC)) == {"sent": 1}


def test_what_comes_after_eight_waits_for_the_next_day(reader: Membership) -> None:
    """Also when it was written for this one, but too late for the email that is gone."""
    tell(reader, "the plan")
    tell(reader, "the budget")
    late = Delivery.objects.latest("pk")
    Delivery.objects.filter(pk=late.pk).update(next_at=EIGHT + timedelta(seconds=1))

    assert send_due(now=EIGHT) == {"sent": 1}
    assert send_due(now=EIGHT + timedelta(seconds=5)) == {}
    late.refresh_from_db()
    assert (late.state, late.next_at) == (DeliveryState.HELD, EIGHT + DAY)
    assert send_due(now=EIGHT + DAY) == {"sent": 1}

    assert "the budget" not in mail.outbox[0].body
    assert "the budget" in mail.outbox[1].body


def test_what_is_due_today_and_told_late_goes_out_today(reader: Membership) -> None:
    """The day began at 00:30; nothing ran until nine."""
    with time_machine.travel(EIGHT + timedelta(hours=1), tick=False):
        tell(reader, "the plan", due_at=EIGHT)

    assert send_due(now=EIGHT + timedelta(hours=1)) == {"sent": 1}


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_a_person_and_day(workspace: Workspace) -> None:
    people = MembershipFactory.create_batch(8, workspace=workspace)
    for member in people:
        tell(member, "the plan")

    made = at_once(*[lambda: make_digests(now=EIGHT)] * 3)

    assert sum(made) == 8
    assert Notification.objects.filter(kind=DIGEST).count() == 8
    assert send_due(now=EIGHT) == {"sent": 8}
    assert len({letter.to[0] for letter in mail.outbox}) == 8
    assert states() == [DeliveryState.DIGESTED] * 8


def test_one_email_for_all_workspaces_and_nothing_of_one_that_was_left(
    reader: Membership, other_workspace: Workspace
) -> None:
    there = MembershipFactory.create(workspace=other_workspace, user=reader.user)
    tell(reader, "the plan")
    tell(there, "the budget")
    Membership.objects.filter(pk=reader.pk).update(left_at=timezone.now())

    assert send_due(now=EIGHT) == {"sent": 1}

    (letter,) = mail.outbox
    assert "Next Door" in letter.body
    assert "the budget" in letter.body
    assert "the plan" not in letter.body
    assert "Fjordlys" not in letter.body


def test_what_no_longer_holds_is_left_out(
    reader: Membership, monkeypatch: pytest.MonkeyPatch, daily_type: NotificationType
) -> None:
    def recheck(notification: Notification) -> str:
        return "It is done." if notification.params["thing"] == "the plan" else ""

    changed = dataclasses.replace(daily_type, recheck=recheck)
    monkeypatch.setitem(notification_types.NOTIFICATION_TYPES._entries, DAILY, changed)
    tell(reader, "the plan")
    tell(reader, "the budget")
    tell(reader, "the choir")
    Notification.objects.filter(source_key__isnull=False, params__thing="the choir").update(
        read_at=NOON
    )

    send_due(now=EIGHT)

    (letter,) = mail.outbox
    assert "the budget" in letter.body
    assert "the plan" not in letter.body
    assert "the choir" not in letter.body


def test_nothing_left_sends_nothing(reader: Membership) -> None:
    tell(reader, "the plan")
    Notification.objects.update(read_at=NOON)

    assert send_due(now=EIGHT) == {"cancelled": 1}
    assert mail.outbox == []


def test_type_that_was_switched_off_meanwhile_is_left_out(reader: Membership) -> None:
    tell(reader, "the plan")
    choose_pace(reader.user, kind=DAILY, way=EMAIL, pace=Pace.OFF)

    assert send_due(now=EIGHT) == {"cancelled": 1}


def test_daily_email_can_be_switched_off(reader: Membership) -> None:
    tell(reader, "the plan")
    choose_pace(reader.user, kind=DIGEST, way=EMAIL, pace=Pace.OFF)

    assert send_due(now=EIGHT) == {"cancelled": 1}
    assert Delivery.objects.get(notification__kind=DIGEST).last_error == (
        "This person does not want these emails."
    )


def test_person_may_want_it_at_once_or_never(reader: Membership, contributor: Membership) -> None:
    choose_pace(reader.user, kind=DAILY, way=EMAIL, pace=Pace.AT_ONCE)
    choose_pace(contributor.user, kind=DAILY, way=EMAIL, pace=Pace.OFF)
    tell(reader, "the plan")
    tell(contributor, "the plan")

    assert send_due() == {"sent": 1}
    assert [letter.to for letter in mail.outbox] == [[reader.user.email]]


def test_type_that_cannot_be_switched_off_goes_out_at_once(reader: Membership) -> None:
    choose_pace(reader.user, kind=TOLD, way=EMAIL, pace=Pace.OFF)
    tell(reader, "the plan", kind=TOLD)

    assert send_due() == {"sent": 1}
