"""Who hears what: how many posts of some days carry each message to each audience."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from content_calendar.domain.strategy_choices import Choice, StrategyChoices
from content_calendar.models import Post


@dataclass(frozen=True)
class HearingCell:
    """Posts with one message for one audience."""

    message: str
    number: int


@dataclass(frozen=True)
class HearingRow:
    """One audience and what it hears; ``number`` counts each of its posts once."""

    uid: str
    name: str
    number: int
    cells: list[HearingCell]
    other: int


@dataclass(frozen=True)
class HearingTable:
    """The whole table. ``without`` counts posts that name no audience."""

    messages: list[tuple[Choice, int]]
    rows: list[HearingRow]
    without: int
    number: int


def hearing_of(strategy: StrategyChoices, posts: Iterable[Post]) -> HearingTable:
    """Count ``posts`` by the audiences and messages of a strategy."""
    pairs: Counter[tuple[str, str]] = Counter()
    by_audience: Counter[str] = Counter()
    by_message: Counter[str] = Counter()
    without = number = 0
    for post in posts:
        message = str(post.message_uid or "")
        number += 1
        by_message[message] += 1
        without += not post.audience_uids
        for audience in post.audience_uids:
            by_audience[audience] += 1
            pairs[audience, message] += 1
    rows = []
    for uid, name in strategy.audiences:
        cells = [HearingCell(message, pairs[uid, message]) for message, _words in strategy.messages]
        other = by_audience[uid] - sum(cell.number for cell in cells)
        rows.append(HearingRow(uid, name, by_audience[uid], cells, other))
    messages = [(choice, by_message[choice[0]]) for choice in strategy.messages]
    return HearingTable(messages, rows, without, number)
