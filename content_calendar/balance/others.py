"""How many of the useful posts come from others."""

from collections import Counter
from dataclasses import dataclass

from content_calendar.balance.counts import Counts
from content_calendar.balance.days import Days
from content_calendar.balance.mix import whole_percents

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


def share_from_others(counts: Counts, days: Days) -> OthersShare:
    """Count the useful posts of ``days`` by who made what they show."""
    origins: Counter[str] = Counter()
    for day in days:
        origins.update(counts.origins.get(day, {}))
    useful = origins.total()
    return OthersShare(useful, useful - origins[OURS])
