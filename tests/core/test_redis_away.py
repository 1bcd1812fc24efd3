"""Redis may hang or be gone: pages answer, limits are still counted, nothing is lost."""

import socket
from collections.abc import Iterator
from threading import Event
from time import monotonic
from typing import Any

import pytest
from celery import current_app
from kombu.exceptions import OperationalError

from core import wake
from core.cache import LimitCache


@pytest.fixture(params=["gone", "hanging"])
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """A port where nobody listens, and one where somebody takes calls and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        if request.param == "gone":
            listener.close()
        yield f"redis://127.0.0.1:{port}/0"


def test_limits_are_counted_here_meanwhile(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LimitCache, "_asked_again_at", 0.0)
    cache = LimitCache(address, {})
    cache._meanwhile.clear()
    began = monotonic()

    assert cache.add("lock", 1, timeout=5)
    assert not cache.add("lock", 2, timeout=5)
    cache.set("failed", [1, 2], 60)
    assert cache.get("failed", []) == [1, 2]
    assert cache.delete("lock")
    assert cache.get("lock") is None
    assert monotonic() - began < 2.5


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
