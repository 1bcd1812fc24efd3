"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
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
