"""The claim loop, against a real mail server where it matters."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import Message

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.mail import EmailMessage
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from notifications import outbox
from notifications.enums import TRANSITIONS, DeliveryState, Outcome
from notifications.mail import EmailSender
from notifications.models import Attempt, Delivery, Notification
from notifications.outbox import (
    BATCH,
    LEASE,
    RETRY_AFTER,
    begin,
    claim_due,
    deliver,
    finish,
    put_back,
    send_due,
)
from notifications.services import TICK, notify, retry_now, write_to
from notifications.ways import SendResult
from tests.factories import MembershipFactory
from tests.notifications.notification_types import TOLD
from workspaces.enums import Role
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.usefixtures("told_type")


class Postman:
    """Answers RCPT by the script for the address, then 250; keeps what it took."""

    def __init__(self) -> None:
        self.answers: dict[str, list[str]] = {}
        self.letters: list[Message] = []

    async def handle_RCPT(  # noqa: N802  # named by aiosmtpd
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        script = self.answers.get(address, [])
        if script:
            return script.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # named by aiosmtpd
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content))
        return "250 taken"


@pytest.fixture
def postman(settings: Settings) -> Iterator[Postman]:
    """A mail server on this machine, and Django told to use it."""
    handler = Postman()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield handler
    controller.stop()


def tell(member: Membership, source: str = "once") -> Delivery:
    notify(
        workspace=member.workspace,
        recipients=[member.user],
        kind=TOLD,
        source=source,
        params={"thing": "the plan"},
        url="/w/fjordlys/",
    )
    return Delivery.objects.latest("pk")


def later(delivery: Delivery) -> None:
    """Let the pause before the next try be over."""
    Delivery.objects.filter(pk=delivery.pk).update(next_at=timezone.now() - timedelta(seconds=1))


def test_letter_is_sent_once_with_constant_ids(
    manager: Membership, admin: Membership, postman: Postman
) -> None:
    delivery = tell(manager)

    assert send_due() == {"sent": 1}
    assert send_due() == {}

    delivery.refresh_from_db()
    (letter,) = postman.letters
    assert delivery.state == DeliveryState.SENT
    assert delivery.sent_at is not None
    assert str(delivery.message_key) in letter["Message-ID"]
    assert letter["To"] == manager.user.email
    assert letter["Subject"] == "Look at the plan"
    assert "http://127.0.0.1:8000/w/fjordlys/" in str(letter.get_payload(0))
    assert not Notification.objects.filter(recipient=admin.user).exists()


def test_450_is_tried_again_and_250_ends_it(manager: Membership, postman: Postman) -> None:
    postman.answers[manager.user.email] = ["450 later, please"]
    delivery = tell(manager)

    assert send_due() == {"later": 1}
    assert send_due() == {}
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.RETRYING
    assert delivery.last_error.startswith("450")
    assert delivery.next_at > timezone.now() + timedelta(seconds=50)
    later(delivery)
    assert send_due() == {"sent": 1}

    outcomes = Attempt.objects.filter(delivery=delivery).values_list("number", "outcome")
    assert list(outcomes) == [(1, Outcome.LATER), (2, Outcome.SENT)]


def test_550_is_dead_at_once_and_told_to_admins(
    manager: Membership, admin: Membership, stranger: Membership, postman: Postman
) -> None:
    MembershipFactory.create(
        workspace=manager.workspace, role=Role.ADMIN, left_at=manager.joined_at
    )
    postman.answers[manager.user.email] = ["550 no such person"]
    delivery = tell(manager)

    assert send_due() == {"refused": 1}
    assert send_due() == {}

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.FAILED
    assert "550" in delivery.last_error
    attempt = Attempt.objects.get()
    assert (attempt.code, "no such person" in attempt.detail) == ("550", True)
    assert attempt.ended_at
    notice = Notification.objects.get(kind="notifications.delivery_failed")
    assert notice.recipient == admin.user


def test_tries_end_after_a_day(manager: Membership, postman: Postman) -> None:
    postman.answers[manager.user.email] = ["451 busy"] * 20
    delivery = tell(manager)

    for _try in range(len(RETRY_AFTER) + 1):
        later(delivery)
        send_due()

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.FAILED
    assert delivery.attempts == len(RETRY_AFTER) + 1


def test_last_try_that_is_taken_is_sent(manager: Membership, postman: Postman) -> None:
    postman.answers[manager.user.email] = ["451 busy"] * len(RETRY_AFTER)
    delivery = tell(manager)

    for _try in range(len(RETRY_AFTER) + 1):
        later(delivery)
        send_due()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.SENT, len(RETRY_AFTER) + 1)


def test_nobody_answers_puts_the_batch_back(
    manager: Membership, reader: Membership, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    first, second = tell(manager), tell(reader)

    assert send_due() == {"later": 1, "put back": 1}

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.state == DeliveryState.RETRYING
    assert (second.state, second.attempts) == (DeliveryState.WAITING, 0)


def test_crash_after_claim_is_found_again_after_the_lease(
    manager: Membership, postman: Postman
) -> None:
    delivery = tell(manager)
    (claimed,) = claim_due()
    begin(claimed)  # and here the worker dies

    assert send_due() == {}
    Delivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert send_due() == {"sent": 1}

    outcomes = Attempt.objects.filter(delivery=delivery).values_list("outcome", flat=True)
    assert list(outcomes) == [Outcome.OPEN, Outcome.SENT]


def test_lost_lease_sends_nothing(manager: Membership, mailoutbox: list[object]) -> None:
    tell(manager)
    (claimed,) = claim_due()
    Delivery.objects.update(lease_until=timezone.now() - LEASE)
    claim_due()

    assert deliver(claimed, EmailSender()) == "lost"

    assert mailoutbox == []
    assert not Attempt.objects.exists()


def test_batch_put_back_by_who_lost_it_changes_nothing(manager: Membership) -> None:
    tell(manager)
    batch = claim_due()
    Delivery.objects.update(lease_until=timezone.now() - LEASE)
    (taken,) = claim_due()

    assert put_back(batch) == 0

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.lease_token) == (DeliveryState.SENDING, taken.lease_token)


def test_try_begins_by_holding_the_lease_longer(manager: Membership) -> None:
    tell(manager)
    (claimed,) = claim_due()
    Delivery.objects.update(lease_until=timezone.now() + timedelta(seconds=1))

    begin(claimed)

    held_until = Delivery.objects.get().lease_until
    assert held_until
    assert held_until > timezone.now() + LEASE / 2


def test_claim_takes_at_most_its_batch_oldest_first(manager: Membership) -> None:
    deliveries = [tell(manager, f"{number}") for number in range(BATCH + 1)]
    Delivery.objects.filter(pk=deliveries[-1].pk).update(
        next_at=timezone.now() - timedelta(hours=1)
    )

    batch = claim_due()

    assert len(batch) == BATCH
    assert batch[0] == deliveries[-1]
    assert deliveries[-2] not in batch


def test_long_queue_calls_another_worker_once(
    manager: Membership, mailoutbox: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[str] = []
    monkeypatch.setattr(outbox, "wake", woken.append)
    for number in range(BATCH - 1):
        tell(manager, f"few {number}")
    send_due()
    with_few = list(woken)
    for number in range(2 * BATCH):
        tell(manager, f"many {number}")

    send_due()

    assert with_few == []
    assert woken == [TICK]


def test_claim_asks_no_more_for_more(
    manager: Membership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tell(manager, "one")
    with CaptureQueriesContext(connection) as for_one:
        claim_due()
    for number in range(BATCH):
        tell(manager, f"{number}")

    with django_assert_num_queries(len(for_one)):
        assert len(claim_due()) == BATCH


def test_person_is_read_again_for_each_try(
    manager: Membership, mailoutbox: list[EmailMessage]
) -> None:
    tell(manager)
    (claimed,) = claim_due()
    User.objects.filter(pk=manager.user_id).update(email="new@example.org", name="New")

    assert deliver(claimed, EmailSender()) == "sent"

    (letter,) = mailoutbox
    assert letter.to == ["new@example.org"]
    assert "Hello New" in letter.body


def test_who_parts_after_the_claim_is_told_nothing(
    manager: Membership, mailoutbox: list[object]
) -> None:
    tell(manager)
    (claimed,) = claim_due()
    Membership.objects.filter(pk=manager.pk).update(left_at=timezone.now())

    assert deliver(claimed, EmailSender()) == "cancelled"
    assert mailoutbox == []


def test_tries_are_numbered_on_after_a_retry_by_hand(
    manager: Membership, admin: Membership, postman: Postman
) -> None:
    postman.answers[manager.user.email] = ["550 no such person"]
    delivery = tell(manager)
    send_due()
    retry_now(delivery, by=admin.user)

    assert send_due() == {"sent": 1}

    tries = Attempt.objects.filter(delivery=delivery)
    assert list(tries.values_list("number", flat=True)) == [1, 2]


def test_lost_lease_changes_nothing(manager: Membership, admin: Membership) -> None:
    tell(manager)
    (claimed,) = claim_due()
    attempt = begin(claimed)
    assert attempt is not None
    Delivery.objects.update(lease_until=timezone.now() - LEASE)
    (taken,) = claim_due()

    assert begin(claimed) is None
    assert finish(attempt, SendResult(Outcome.REFUSED)) is False

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.lease_token) == (DeliveryState.SENDING, taken.lease_token)
    assert not Notification.objects.filter(recipient=admin.user).exists()


def test_worker_with_a_fast_clock_steals_nothing(manager: Membership) -> None:
    tell(manager)
    assert len(claim_due()) == 1

    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert claim_due() == []


def test_rollback_sends_nothing(manager: Membership) -> None:
    def told_in_vain() -> None:
        with transaction.atomic():
            tell(manager)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        told_in_vain()

    assert not Notification.objects.exists()
    assert send_due() == {}


def test_ex_member_is_told_nothing(
    manager: Membership, admin: Membership, other_workspace: Workspace, mailoutbox: list[object]
) -> None:
    """Neither a membership elsewhere nor the others here let the letter go out."""
    MembershipFactory.create(workspace=other_workspace, user=manager.user)
    delivery = tell(manager)
    Membership.objects.filter(pk=manager.pk).update(left_at=timezone.now())

    assert send_due() == {"cancelled": 1}

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.CANCELLED
    assert delivery.last_error == "This person is no longer a member."
    assert mailoutbox == []


def test_closed_account_is_told_nothing(manager: Membership, mailoutbox: list[object]) -> None:
    tell(manager)
    manager.user.is_active = False
    manager.user.save()

    assert send_due() == {"cancelled": 1}
    assert mailoutbox == []
    assert Delivery.objects.get().last_error == "This person’s account is closed."


def test_broken_letter_does_not_hold_up_others(
    manager: Membership, mailoutbox: list[object]
) -> None:
    write_to("a@example.org", workspace=manager.workspace, kind=TOLD, source="broken")  # no thing
    tell(manager)

    assert send_due() == {"refused": 1, "sent": 1}
    assert list(Attempt.objects.values_list("number", flat=True)) == [1, 1]


def test_unknown_kind_does_not_hold_up_others(
    manager: Membership, reader: Membership, mailoutbox: list[object]
) -> None:
    delivery = tell(manager)
    Notification.objects.filter(pk=delivery.notification_id).update(kind="gone.kind")
    tell(reader)

    assert send_due() == {"refused": 1, "sent": 1}


def test_each_workspace_has_its_share(
    manager: Membership, stranger: Membership, settings: Settings
) -> None:
    for number in range(BATCH * 2):
        tell(manager, f"mine {number}")
    for number in range(5):
        tell(stranger, f"theirs {number}")

    batch = claim_due()

    assert sum(delivery.workspace_id == stranger.workspace_id for delivery in batch) == 5


def test_transitions_table_allows_what_the_loop_does() -> None:
    sending = TRANSITIONS[DeliveryState.SENDING]

    assert DeliveryState.SENDING in TRANSITIONS[DeliveryState.WAITING]
    assert {DeliveryState.SENT, DeliveryState.RETRYING, DeliveryState.FAILED} <= sending
    assert TRANSITIONS[DeliveryState.SENT] == frozenset()


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_each_letter_once(workspace: Workspace, postman: Postman) -> None:
    members = MembershipFactory.create_batch(30, workspace=workspace)
    for member in members:
        tell(member)
    start = threading.Barrier(3)

    def work() -> None:
        start.wait()
        send_due()
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert Delivery.objects.filter(state=DeliveryState.SENT).count() == 30
    assert sorted(letter["To"] for letter in postman.letters) == sorted(
        member.user.email for member in members
    )
