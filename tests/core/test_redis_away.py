"""Redis may hang or be gone: pages answer and nothing is lost."""

from threading import Event
from time import monotonic
from typing import Any

import pytest
from celery import current_app
from kombu.exceptions import OperationalError

from core import wake


def test_a_broker_that_hangs_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    end, sent = Event(), []

    def hang(name: str, **_options: Any) -> None:
        sent.append(name)
        end.wait(30)

    monkeypatch.setattr(current_app, "send_task", hang)
    monkeypatch.setattr(wake, "LONGEST", 0.2)
    began = monotonic()
    for _turn in range(20):
        wake._send("notifications.tick")
    took = monotonic() - began
    end.set()
    for thread in wake._stuck:
        thread.join(5)  # it must not stand in the way of the next test

    assert took < 2
    assert sent == ["notifications.tick"]


def test_a_broker_that_is_away_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []

    def refuse(name: str, **_options: Any) -> None:
        sent.append(name)
        raise OperationalError("away")

    monkeypatch.setattr(current_app, "send_task", refuse)
    for _turn in range(2):
        wake._send("notifications.tick")

    assert len(sent) == 2
