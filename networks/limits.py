"""What a network allows in a post, as data: every value says who says so and when we looked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from core.findings import Severity
from networks.counters import utf16_units


@dataclass(frozen=True)
class Source:
    """An address, or the name of what was read, and the day on which it was read."""

    where: str
    checked_on: date


@dataclass(frozen=True)
class Limit:
    """The highest number that is allowed.

    ``severity`` is a warning where the network publishes the post all the same, or where it is not
    certain; ``why`` then says so in a sentence.
    """

    value: int
    source: Source
    severity: Severity = Severity.BLOCKER
    why: "str | Promise" = ""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits of one network. None means that nothing reliable is known, and is not checked.

    ``measure`` counts a text as the network does, ``how_counted`` says so to people; ``text`` and
    ``text_with_video`` (in its place where a video is attached) are in these units. ``before_more``
    is about how many letters are visible before “more”; ``alt_text`` and ``title`` are in letters.
    """

    measure: Callable[[str], int] = utf16_units
    how_counted: "str | Promise" = ""
    text: Limit | None = None
    text_with_video: Limit | None = None
    text_bytes: Limit | None = None
    title: Limit | None = None
    hashtags: Limit | None = None
    mentions: Limit | None = None
    links: Limit | None = None
    images: Limit | None = None
    alt_text: Limit | None = None
    alt_text_required: Source | None = None
    before_more: Limit | None = None
    video_minutes: Limit | None = None
