"""How many of the useful posts come from others."""

from collections.abc import Iterable
from dataclasses import dataclass

from content_calendar.balance.days import Days
from content_calendar.balance.mix import whole_percents
from content_calendar.balance.posts import CountedPost
from core.enums import ContentCategory

OURS = "us"


@dataclass(frozen=True)
class OthersShare:
    """Useful posts, and those of them whose source is not ourselves."""

    useful: int
    from_others: int

    @property
    def percent(self) -> int:
        """Whole percent of the useful posts; 0 without any."""
        return whole_percents([self.from_others, self.useful - self.from_others])[0]


def share_from_others(posts: Iterable[CountedPost], days: Days) -> OthersShare:
    """Count the useful posts of ``days`` by who made what they show."""
    origins = [
        post.origin
        for post in posts
        if post.category == ContentCategory.INFORMATIVE and post.day in days
    ]
    return OthersShare(len(origins), len(origins) - origins.count(OURS))
