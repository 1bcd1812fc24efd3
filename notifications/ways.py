"""How a notice is sent: a registry of ways, one entry each.

In the program a notice is its own row: that needs no way, and no delivery. An app registers a way
in ``<app>/senders.py``, which is found by name.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from core.registry import Registry
from notifications.enums import Outcome
from notifications.notification_types import NotificationType

if TYPE_CHECKING:
    from notifications.models import Delivery

#: Characters that are kept of what the other end says.
LONGEST_DETAIL = 2_000
#: Seconds that one send may take, whatever the other end does.
LONGEST_SEND = 20.0


@dataclass(frozen=True)
class SendResult:
    """What became of one try. ``again_after``: the other end asks to be left alone so long."""

    outcome: Outcome
    code: str = ""
    detail: str = ""
    again_after: timedelta | None = None


class Sender(ABC):
    """Sends deliveries by one way, one after the other, over one connection.

    What the other end says is a ``SendResult``; only a message that cannot be composed raises.
    """

    @abstractmethod
    def open(self) -> SendResult | None:
        """Open the connection unless it is open; return why it cannot be."""

    @abstractmethod
    def compose(self, delivery: "Delivery") -> Any:
        """Return the message, the same at every try."""

    @abstractmethod
    def send(self, message: Any) -> SendResult:
        """Hand over what ``compose`` returned, within ``LONGEST_SEND`` (a lease lasts longer)."""

    @abstractmethod
    def close(self) -> None:
        """Close the connection, open or not."""


@dataclass(frozen=True)
class Way:
    """One way of sending. ``carries`` tells which types of notification go out by it.

    ``pauses`` are those between tries that were told to come later, where they are not the usual
    ones. What ``is_beside`` is sent in a thread of its own for each receiver, so ``Sender.send`` must
    not ask the database; it goes to the workspace's webhooks and to no person.
    """

    code: str
    label: "str | Promise"
    carries: Callable[[NotificationType], bool]
    sender: Callable[[], Sender]
    pauses: tuple[timedelta, ...] = ()
    is_beside: bool = False


WAYS: Registry[Way] = Registry("way of sending", module="senders")


def register(way: Way) -> None:
    """Make a way of sending known."""
    WAYS.register(way.code, way)
