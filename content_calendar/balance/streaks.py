"""Selling posts in a row on one channel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from content_calendar.balance.counts import ChannelPost
from content_calendar.balance.days import Days
from core.enums import ContentCategory

IN_A_ROW = 3


@dataclass(frozen=True)
class Streak:
    """Three selling posts or more in a row (uids), with none of another category between."""

    channel: str
    posts: tuple[str, ...]
    first: date
    last: date


def selling_streaks(versions: Mapping[str, Sequence[ChannelPost]], view: Days) -> list[Streak]:
    """Return the streaks that share a day with ``view``, by channel and time.

    A streak inside one named campaign is meant and left out. A post without a category ends one.
    """
    found = []
    for channel, posts in sorted(versions.items()):
        for category, group in groupby(posts, key=attrgetter("category")):
            if category is not ContentCategory.PROMOTIONAL:
                continue
            row = list(group)
            days = Days(row[0].day, row[-1].day)
            if days.meets(view) and not _is_meant(row):
                uids = tuple(one.post for one in row)
                found.append(Streak(channel, uids, days.first, days.last))
    return found


def _is_meant(row: Sequence[ChannelPost]) -> bool:
    """Whether no three in a row stand outside one campaign."""
    triples = (row[place : place + IN_A_ROW] for place in range(len(row) - IN_A_ROW + 1))
    return all(
        triple[0].campaign and len({one.campaign for one in triple}) == 1 for triple in triples
    )
