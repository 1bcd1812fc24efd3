"""Waking a worker by a task's name, so that services need not import tasks."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Thread
from typing import Any

from celery.app import app_or_default
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
#: Seconds that a page waits for the broker.
LONGEST = 1.0
#: Seconds after which it wakes nobody any more: there has been a tick since then.
EXPIRES = 10
#: Threads that still wait for it; while there is one, nobody else begins to.
_stuck: list[Thread] = []
_may_wake: ContextVar[bool] = ContextVar("may_wake", default=True)


def wake(task_name: str) -> None:
    """Send ``task_name`` on commit. A broker that is away costs a second, never the work.

    What is to be done stands as rows; beat finds them at its next tick when this is lost.
    """
    if settings.WAKE_BY_BROKER and _may_wake.get():
        transaction.on_commit(lambda: _send(task_name))


@contextmanager
def without_waking() -> Iterator[None]:
    """Wake nobody inside: what is written there waits for nothing, or for the next tick."""
    before = _may_wake.set(False)
    try:
        yield
    finally:
        _may_wake.reset(before)


def _send(task_name: str) -> None:
    """Let a thread do it: a broker that hangs must not keep the person waiting."""
    _stuck[:] = [thread for thread in _stuck if thread.is_alive()]
    if not _stuck:
        app = app_or_default()
        thread = Thread(target=_hand_over, args=(app, task_name), daemon=True)
        thread.start()
        thread.join(LONGEST)
        if not thread.is_alive():
            return
        _stuck.append(thread)
    logger.warning("broker hangs, %s waits for the next tick", task_name)


def _hand_over(app: Any, task_name: str) -> None:
    try:
        app.send_task(task_name, retry=False, ignore_result=True, expires=EXPIRES)
    except OperationalError:
        logger.warning("broker away, %s waits for the next tick", task_name)
