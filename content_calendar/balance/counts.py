"""All posts counted once: by day, by channel and day, and in the order of each channel."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from operator import itemgetter
from typing import NamedTuple

from content_calendar.balance.days import Days
from content_calendar.balance.posts import CountedPost
from core.enums import ContentCategory

CATEGORIES: dict[str, ContentCategory | None] = {
    "": None,
    **{category.value: category for category in ContentCategory},
}

# Posts by day and category; None is those without one.
DayCounts = Mapping[date, Mapping[ContentCategory | None, int]]


class ChannelPost(NamedTuple):
    """A version in the order of its channel; ``post`` is the uid of its post.

    ``at`` is in UTC: in the night when clocks go back, hours of the wall clock come twice. ``day``
    and ``clock`` are in the workspace's zone.
    """

    at: datetime
    post: str
    format: str
    day: date
    clock: time
    category: ContentCategory | None
    campaign: str


@dataclass(frozen=True)
class Counts:
    """A post counts once for the workspace, on its own day, and each version for its channel.

    ``origins`` are the useful posts by day and origin. ``numbers`` are the versions by channel and
    day, whatever their category.
    """

    posts: DayCounts
    origins: Mapping[date, Mapping[str, int]]
    channels: Mapping[str, DayCounts]
    numbers: Mapping[str, Mapping[date, int]]
    versions: Mapping[str, Sequence[ChannelPost]]

    def until(self, channel: str, day: date) -> Sequence[ChannelPost]:
        """Return the versions of a channel up to the end of ``day``, the earliest first."""
        versions = self.versions.get(channel, ())
        return versions[: bisect_right(versions, day, key=_day)]

    def within(self, channel: str, days: Days) -> Sequence[ChannelPost]:
        """Return the versions of a channel on ``days``, the earliest first."""
        until = self.until(channel, days.last)
        return until[bisect_left(until, days.first, key=_day) :]


def count_posts(posts: Iterable[CountedPost]) -> Counts:
    """Count ``posts``; their order makes no difference."""
    by_day: dict[date, Counter[ContentCategory | None]] = defaultdict(Counter)
    origins: dict[date, Counter[str]] = defaultdict(Counter)
    channels: dict[str, dict[date, Counter[ContentCategory | None]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    versions: dict[str, list[ChannelPost]] = defaultdict(list)
    for post in posts:
        category = CATEGORIES[post.category]
        by_day[post.day][category] += 1
        if category is ContentCategory.INFORMATIVE:
            origins[post.day][post.origin] += 1
        for version in post.versions:
            day = version.at.date()
            channels[version.channel][day][category] += 1
            versions[version.channel].append(
                ChannelPost(
                    version.at.astimezone(UTC),
                    post.uid,
                    version.format,
                    day,
                    version.at.time(),
                    category,
                    post.campaign,
                )
            )
    for of_channel in versions.values():
        of_channel.sort(key=itemgetter(0, 1, 2))
    numbers = {
        channel: {day: found.total() for day, found in days.items()}
        for channel, days in channels.items()
    }
    return Counts(by_day, origins, channels, numbers, versions)


def _day(version: ChannelPost) -> date:
    return version.day
