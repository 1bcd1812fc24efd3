"""Sends that run beside each other, so that a receiver that hangs holds up no other.

Threads do nothing but send: what is read and written in the database is done by who calls.
"""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Generic, TypeVar

from notifications.enums import Outcome
from notifications.ways import SendResult

logger = logging.getLogger(__name__)

#: Receivers that one worker asks at once.
AT_ONCE = 16

Item = TypeVar("Item")


class Flights(Generic[Item]):
    """What is being sent now, at most one item to a receiver."""

    def __init__(self) -> None:
        self._flying: dict[Future[SendResult], tuple[int, Item]] = {}
        self._pool = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="beside")

    def __bool__(self) -> bool:
        return bool(self._flying)

    @property
    def busy(self) -> set[int]:
        """The receivers that are being asked."""
        return {receiver for receiver, _item in self._flying.values()}

    def send(self, receiver: int, item: Item, send: Callable[[], SendResult]) -> None:
        """Begin to send ``item``."""
        self._flying[self._pool.submit(_guarded, send)] = (receiver, item)

    def landed(self, *, seconds: float) -> Iterator[tuple[int, Item, SendResult]]:
        """Yield those that are back, waiting up to ``seconds`` for the first of them."""
        done, _not_done = wait(self._flying, timeout=seconds, return_when=FIRST_COMPLETED)
        for future in done:
            receiver, item = self._flying.pop(future)
            yield receiver, item, future.result()

    def close(self) -> None:
        """Begin no more."""
        self._pool.shutdown(wait=False)


def _guarded(send: Callable[[], SendResult]) -> SendResult:
    try:
        return send()
    except Exception as error:
        # The outermost door of the thread: what is wrong with one must not hold up the others.
        logger.exception("a notice cannot be sent")
        return SendResult(Outcome.LATER, detail=repr(error))
