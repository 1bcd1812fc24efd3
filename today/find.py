"""Find: asks every source, and puts what it finds into groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from workspaces.find import FIND_SOURCES, FindSource, FoundThing, words_of
from workspaces.models import Membership

SHOWN = 8  # of a kind


@dataclass(frozen=True)
class FoundGroup:
    """What was found of one kind; ``has_more`` than are shown."""

    source: FindSource
    found: Sequence[FoundThing]
    has_more: bool


def find(member: Membership, text: str) -> list[FoundGroup]:
    """Return what ``member`` may see that has all words of ``text``, a group a kind."""
    words = words_of(text)
    if not words:
        return []
    groups = []
    for source in sorted(FIND_SOURCES, key=lambda source: source.place):
        rows = list(source.find(member, words)[: SHOWN + 1])
        if rows:
            found = list(source.describe(rows[:SHOWN], member, words))
            groups.append(FoundGroup(source, found, len(rows) > SHOWN))
    return groups
