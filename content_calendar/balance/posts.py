"""What the balance is counted from: posts with their versions, and the strategies of their days."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from strategies.in_force import Answers


class CountedVersion(NamedTuple):
    """A post on one channel.

    ``channel`` is a uid, ``at`` is aware and in the workspace's zone, ``format`` is a value of
    ``PostFormat`` or empty.
    """

    channel: str
    at: datetime
    format: str


class CountedPost(NamedTuple):
    """A post that has a date; ideas and cancelled posts are left out before.

    ``day`` and ``at`` are in the workspace's zone. ``category`` is a value of ``ContentCategory``
    or empty, ``origin`` is "us", "others" or "followers"; ``message``, ``audiences`` and
    ``campaign`` are uids.
    """

    uid: str
    day: date
    at: datetime
    category: str
    origin: str
    versions: tuple[CountedVersion, ...]
    message: str
    audiences: tuple[str, ...]
    theme: str
    campaign: str
    is_published: bool


@dataclass(frozen=True)
class StrategyPeriod:
    """What an approved strategy says, and from which day to which."""

    starts_on: date
    ends_on: date
    answers: Answers
