"""Ways of sending, and when: a second way beside email, and deliveries that are due later."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from notifications import ways
from notifications.enums import DeliveryState, Outcome
from notifications.models import Delivery, Notification
from notifications.outbox import claim_due, send_due
from notifications.services import notify, outbox_of
from notifications.ways import Sender, SendResult, Way
from tests.notifications.notification_types import TOLD
from workspaces.models import Membership

pytestmark = pytest.mark.usefixtures("told_type")


class Pigeons(Sender):
    """Hands over whatever there is, unless the door is closed."""

    def __init__(self) -> None:
        self.carried: list[str] = []
        self.closed: SendResult | None = None
        self.closings = 0

    def open(self) -> SendResult | None:
        return self.closed

    def compose(self, delivery: Delivery) -> str:
        return f"{delivery.message_key} to {delivery.to}"

    def send(self, message: Any) -> SendResult:
        self.carried.append(message)
        return SendResult(Outcome.SENT)

    def close(self) -> None:
        self.closings += 1


@pytest.fixture
def pigeons(monkeypatch: pytest.MonkeyPatch) -> Pigeons:
    """A second way, registered for one test."""
    sender = Pigeons()
    way = Way("pigeon", "Pigeon", carries=lambda kind: kind.code == TOLD, sender=lambda: sender)
    monkeypatch.setitem(ways.WAYS._entries, "pigeon", way)
    return sender


def tell(*members: Membership, **more: Any) -> list[Delivery]:
    notify(
        workspace=members[0].workspace,
        recipients=[member.user for member in members],
        params={"thing": "the plan"},
        **{"kind": TOLD, "source": "once", **more},
    )
    return list(Delivery.objects.order_by("pk"))


def test_notice_goes_out_once_by_each_way_that_carries_it(
    reader: Membership, pigeons: Pigeons
) -> None:
    by_email, by_pigeon = tell(reader)
    tell(reader)

    assert send_due() == {"sent": 2}

    assert (by_email.way, by_pigeon.way) == ("email", "pigeon")
    assert by_email.message_key != by_pigeon.message_key
    assert pigeons.carried == [f"{by_pigeon.message_key} to {reader.user.email}"]
    assert pigeons.closings == 1
    assert len(mail.outbox) == 1
    assert Notification.objects.count() == 1


def test_teller_may_choose_among_the_ways(reader: Membership, pigeons: Pigeons) -> None:
    assert [delivery.way for delivery in tell(reader, ways=["pigeon", "smoke"])] == ["pigeon"]


def test_one_delivery_a_person_and_way(reader: Membership, pigeons: Pigeons) -> None:
    _by_email, by_pigeon = tell(reader)
    by_pigeon.way = "email"

    with pytest.raises(IntegrityError), transaction.atomic():
        by_pigeon.save()


def test_closed_way_does_not_hold_up_another(
    reader: Membership, manager: Membership, pigeons: Pigeons
) -> None:
    pigeons.closed = SendResult(Outcome.LATER, detail="A storm.")
    tell(reader, manager)

    assert send_due() == {"sent": 2, "later": 1, "put back": 1}

    states = Delivery.objects.filter(way="pigeon").order_by("pk").values_list("state", flat=True)
    assert list(states) == [DeliveryState.RETRYING, DeliveryState.WAITING]
    assert len(mail.outbox) == 2


def test_way_that_is_gone_is_seen_and_holds_up_nothing(
    reader: Membership, admin: Membership
) -> None:
    (delivery,) = tell(reader)
    Delivery.objects.update(way="smoke")
    tell(reader, source="twice")

    assert send_due() == {"refused": 1, "sent": 1}

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.FAILED
    assert "“smoke”" in delivery.last_error
    notice = Notification.objects.get(kind="notifications.delivery_failed")
    assert (notice.recipient, notice.subject_uid) == (admin.user, delivery.uid)


def test_delivery_due_later_waits_and_the_notice_does_not(
    reader: Membership, settings: Any
) -> None:
    later: datetime = timezone.now() + timedelta(hours=2)

    (delivery,) = tell(reader, due_at=later)

    assert (delivery.due_at, delivery.next_at) == (later, later)
    assert (outbox_of(reader.workspace).waiting, outbox_of(reader.workspace).put_off) == (0, 0)
    assert Notification.objects.to(reader.user).unread().exists()
    assert send_due(now=later - timedelta(seconds=1)) == {}
    assert send_due() == {}
    assert send_due(now=later + timedelta(seconds=1)) == {"sent": 1}


def test_delivery_without_a_time_is_due_at_once_by_the_clock_of_the_database(
    reader: Membership,
) -> None:
    (delivery,) = tell(reader)

    assert delivery.due_at == delivery.next_at
    assert abs(delivery.due_at - timezone.now()) < timedelta(minutes=1)
    assert claim_due() == [delivery]
