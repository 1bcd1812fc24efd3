"""Campaigns of the strategy in force, as bars above the days."""

from dataclasses import dataclass
from datetime import date

from content_calendar.domain.periods import span_words
from content_calendar.domain.strategy_choices import StrategyChoices


@dataclass(frozen=True)
class Campaign:
    """A campaign with the days that it runs."""

    uid: str
    name: str
    first: date
    last: date

    @property
    def span(self) -> str:
        """Its days in words."""
        return span_words(self.first, self.last)


def campaigns_between(strategy: StrategyChoices, first: date, last: date) -> list[Campaign]:
    """Return what runs on some day from ``first`` through ``last``, in the order it begins."""
    if strategy.answers is None:
        return []
    found = []
    for row in strategy.answers.activities:
        begins, ends = row.starts_on or row.ends_on, row.ends_on or row.starts_on
        if begins and ends and begins <= last and ends >= first:
            found.append(Campaign(row.uid, row.name, begins, ends))
    return sorted(found, key=lambda campaign: (campaign.first, campaign.name))
