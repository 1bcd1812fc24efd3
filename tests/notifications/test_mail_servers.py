"""What mail servers answer, and what becomes of the email: each with a real connection."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from pytest_django import Settings

from notifications import mail, outbox
from notifications.enums import DeliveryState
from notifications.models import Delivery
from notifications.notification_types import NotificationType
from notifications.outbox import send_due
from notifications.services import notify
from notifications.ways import LONGEST_SEND
from tests.notifications.notification_types import TOLD
from workspaces.models import Membership

CUT, HANG = "cut", "hang"


class MailServer:
    """Follows a script: what it answers to a step (MAIL, RCPT, DATA, END) of the n-th email.

    ``CUT`` ends the connection in place of an answer, ``HANG`` says nothing; ``pause`` seconds
    pass before each answer.
    """

    def __init__(self) -> None:
        self.script: list[dict[str, str]] = []
        self.pause = 0.0
        self.taken: list[str] = []
        self.tries = 0
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.server.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                line, _address = self.server.accept()
                threading.Thread(target=self.talk, args=[line], daemon=True).start()

    def talk(self, line: socket.socket) -> None:
        with suppress(OSError), line, line.makefile("rb") as said:
            line.sendall(b"220 test\r\n")
            step: dict[str, str] = {}
            while words := said.readline():
                verb = words[:4].strip().upper().decode()
                if verb == "MAIL":
                    step = self.script[self.tries] if self.tries < len(self.script) else {}
                    self.tries += 1
                if verb == "QUIT":
                    line.sendall(b"221 bye\r\n")
                    return
                if not self.answer(line, step.get(verb, "354 go" if verb == "DATA" else "250 ok")):
                    return
                if verb == "DATA" and "DATA" not in step:
                    text = b"".join(iter(said.readline, b".\r\n")).decode()
                    self.taken.append(text.partition("Message-ID: <")[2].partition("@")[0])
                    if not self.answer(line, step.get("END", "250 taken")):
                        return

    def answer(self, line: socket.socket, words: str) -> bool:
        """Say it; False when the connection is over."""
        time.sleep(self.pause)
        if words == HANG:
            time.sleep(5)
            return False
        if words == CUT:
            line.shutdown(socket.SHUT_RDWR)
            return False
        line.sendall(f"{words}\r\n".encode())
        return not words.startswith("421")


@pytest.fixture
def server(settings: Settings, told_type: NotificationType) -> Iterator[MailServer]:
    """A mail server with a script, and Django told to use it."""
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 0.5
    yield server
    server.server.close()


def tell(*members: Membership) -> list[Delivery]:
    notify(
        workspace=members[0].workspace,
        recipients=[member.user for member in members],
        kind=TOLD,
        source="once",
        params={"thing": "the plan"},
    )
    return list(Delivery.objects.order_by("pk"))


LATER = [
    ({"MAIL": "421 closing"}, "421"),
    ({"RCPT": "421 closing"}, "421"),
    ({"RCPT": "450 greylisted"}, "450"),
    ({"RCPT": "452 too many"}, "452"),
    ({"END": "452 no room"}, "452"),
    ({"MAIL": HANG}, ""),
    ({"END": HANG}, ""),
    ({"MAIL": CUT}, ""),
    ({"END": CUT}, ""),
]
DEAD = [({"RCPT": "550 no such person"}, "550"), ({"END": "552 too long"}, "552")]


@pytest.mark.parametrize(("step", "code"), LATER, ids=lambda value: str(value))
def test_what_may_pass_is_tried_again_with_the_same_message_id(
    step: dict[str, str], code: str, manager: Membership, admin: Membership, server: MailServer
) -> None:
    """Whatever it was, it holds up none of the emails behind it."""
    server.script = [step]
    first, second = tell(manager, admin)

    assert send_due() == {"later": 1, "sent": 1}

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (DeliveryState.RETRYING, DeliveryState.SENT)
    assert first.last_error.startswith(code)
    assert first.last_error
    Delivery.objects.filter(pk=first.pk).update(next_at=first.due_at)
    assert send_due() == {"sent": 1}
    assert set(server.taken) == {str(first.message_key), str(second.message_key)}


@pytest.mark.parametrize(("step", "code"), DEAD, ids=lambda value: str(value))
def test_what_is_refused_for_good_is_tried_once(
    step: dict[str, str], code: str, manager: Membership, admin: Membership, server: MailServer
) -> None:
    server.script = [step]
    first, _second = tell(manager, admin)

    assert send_due() == {"refused": 1, "sent": 1}

    first.refresh_from_db()
    assert (first.state, first.last_error[:3]) == (DeliveryState.FAILED, code)
    assert send_due() == {}


def test_server_that_answers_every_step_slowly_is_cut_off(
    manager: Membership, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each answer comes in time; all of them together do not."""
    monkeypatch.setattr(mail, "LONGEST_SEND", 0.5)
    server.pause = 0.3
    (delivery,) = tell(manager)

    assert send_due() == {"later": 1}

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.RETRYING


def test_what_a_tick_has_no_time_for_is_given_back(
    manager: Membership, admin: Membership, server: MailServer
) -> None:
    server.pause = 0.05
    _first, second = tell(manager, admin)

    assert send_due(seconds=0.05) == {"sent": 1, "put back": 1}

    second.refresh_from_db()
    assert (second.state, second.attempts) == (DeliveryState.WAITING, 0)
    assert outbox.claim_due() == [second]


def test_lease_outlasts_two_sends() -> None:
    assert outbox.LEASE.total_seconds() >= 2 * LONGEST_SEND
