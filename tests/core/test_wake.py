"""Waking a worker: on commit only, and not where everything is told already."""

from typing import Any

import pytest
from celery import current_app
from django.db import transaction
from pytest_django import Settings

from core.wake import EXPIRES, _send, wake, without_waking

TICK = "notifications.tick"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[str]:
    """The tasks that the broker was handed."""
    names: list[str] = []

    def take(name: str, **_options: Any) -> None:
        names.append(name)

    settings.WAKE_BY_BROKER = True
    monkeypatch.setattr(current_app, "send_task", take)
    return names


@pytest.mark.django_db(transaction=True)
def test_wake_is_sent_when_the_transaction_has_ended_well(sent: list[str]) -> None:
    with transaction.atomic():
        wake(TICK)
        before = list(sent)

    assert before == []
    assert sent == [TICK]


def test_wake_does_not_outlast_the_next_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr(current_app, "send_task", lambda _name, **options: given.update(options))

    _send(TICK)

    assert given["expires"] == EXPIRES


@pytest.mark.django_db(transaction=True)
def test_wake_of_what_was_rolled_back_is_not_sent(sent: list[str]) -> None:
    def wake_in_vain() -> None:
        with transaction.atomic():
            wake(TICK)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        wake_in_vain()

    assert sent == []


@pytest.mark.django_db(transaction=True)
def test_wake_is_silent_where_nobody_shall_be_woken(sent: list[str], settings: Settings) -> None:
    with without_waking():
        wake(TICK)
    inside = list(sent)
    wake(TICK)
    settings.WAKE_BY_BROKER = False
    wake(TICK)

    assert inside == []
    assert sent == [TICK]
