"""What changed between two texts, word by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Op = Literal["same", "del", "ins"]

# A word with the space behind it: joining the pieces gives the text back, letter for letter.
PIECES = re.compile(r"\S+\s*|\s+")
# Beyond this many words SequenceMatcher's worst case would be felt (measured: docs/benchmarks.md).
LONGEST = 4_000


@dataclass(frozen=True)
class Segment:
    """A run of words that stayed, went or came."""

    op: Op
    text: str


def word_diff(before: str, after: str) -> list[Segment]:
    """Return the segments that lead from ``before`` to ``after``, ``del`` before ``ins``.

    The *same* and *del* segments joined give ``before``, *same* and *ins* give ``after``.
    Texts longer than ``LONGEST`` words are shown as replaced whole.
    """
    if before == after:
        return [Segment("same", after)] if after else []
    old, new = PIECES.findall(before), PIECES.findall(after)
    if max(len(old), len(new)) > LONGEST:
        return [Segment("del", before)] * bool(before) + [Segment("ins", after)] * bool(after)
    segments: list[Segment] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            segments.append(Segment("same", "".join(new[j1:j2])))
            continue
        if i2 > i1:
            segments.append(Segment("del", "".join(old[i1:i2])))
        if j2 > j1:
            segments.append(Segment("ins", "".join(new[j1:j2])))
    return segments


def list_diff(before: Sequence[str], after: Sequence[str], separator: str = ", ") -> list[Segment]:
    """Return the segments that lead from one list to another, item by item.

    What stands between two items belongs to neither of them: it stays where it stood in both
    lists. Joined as in ``word_diff`` the segments give the two lists, written with ``separator``.
    """
    return list(_joined(_items(before, after, separator)))


def _items(before: Sequence[str], after: Sequence[str], separator: str) -> Iterator[Segment]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        gone, came = before[i1:i2], after[j1:j2]
        if tag == "equal":
            yield from _between(bool(i1), bool(j1), separator)
            yield Segment("same", separator.join(came))
        elif gone and came:
            yield from _between(bool(i1), bool(j1), separator)
            yield Segment("del", separator.join(gone))
            yield Segment("ins", separator.join(came))
        elif gone:
            yield Segment("del", separator * bool(i1) + separator.join(gone))
        else:
            yield Segment("ins", separator * bool(j1) + separator.join(came))


def _between(stood: bool, stands: bool, separator: str) -> Iterator[Segment]:
    """Yield what keeps an item apart from the one before it, as far as there was and is one."""
    if stood and stands:
        yield Segment("same", separator)
    elif stood:
        yield Segment("del", separator)
    elif stands:
        yield Segment("ins", separator)


def _joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Join neighbours of which the same is said."""
    for op, run in groupby(segments, key=lambda segment: segment.op):
        text = "".join(segment.text for segment in run)
        if text:
            yield Segment(op, text)
