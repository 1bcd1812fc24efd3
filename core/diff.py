"""What changed between two texts, word by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Op = Literal["same", "del", "ins"]

# A word with the space behind it, and the end of a line by itself: a line that was added does not
# touch the word before it. Joining the pieces gives the text back, letter for letter.
PIECES = re.compile(r"\S+[^\S\n]*|\s+")
LINES = re.compile(r"[^\n]*\n|[^\n]+")
# Beyond this many words SequenceMatcher's worst case would be felt (measured: docs/benchmarks.md).
LONGEST = 4_000
AROUND = 12  # words that are kept before and behind a change
LEFT_OUT = "…"


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
    return list(_joined(_words(old, new)))


def _words(old: Sequence[str], new: Sequence[str]) -> Iterator[Segment]:
    """Match words whatever blank is behind them: the last word of a text is the same in the middle."""
    was, now = ([_word(piece) for piece in pieces] for pieces in (old, new))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            for before, after, word in zip(old[i1:i2], new[j1:j2], now[j1:j2], strict=True):
                yield from _same_word(before, after, word)
        else:
            yield Segment("del", "".join(old[i1:i2]))
            yield Segment("ins", "".join(new[j1:j2]))


def _word(piece: str) -> str:
    """Return what a piece is without the blank behind it; of a blank, whether it ends a line."""
    return piece.strip() or ("\n" if _ends_line(piece) else "")


def _same_word(before: str, after: str, word: str) -> Iterator[Segment]:
    if before == after:
        yield Segment("same", after)
        return
    word = word.strip()
    yield Segment("same", word)
    yield Segment("del", before[len(word) :])
    yield Segment("ins", after[len(word) :])


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
    """Join neighbours of which the same is said; empty ones stand between none."""
    said = (segment for segment in segments if segment.text)
    for op, run in groupby(said, key=lambda segment: segment.op):
        yield Segment(op, "".join(segment.text for segment in run))


def without_blanks(segments: Iterable[Segment]) -> list[Segment]:
    """Return the segments for reading: where blanks alone changed, those that stand there now."""
    return list(_joined(_without_blanks(segments)))


def _without_blanks(segments: Iterable[Segment]) -> Iterator[Segment]:
    blank_went = False
    for one in segments:
        words = one.text.lstrip()
        if words and one.op == "ins" and blank_went:
            # The blank before what came is the one that kept the words around it apart before.
            yield Segment("same", one.text.removesuffix(words))
            yield Segment("ins", words)
        elif words or one.op != "del":
            yield one if words else Segment("same", one.text)
        blank_went = not words and one.op == "del"


def shortened(segments: Sequence[Segment], around: int = AROUND) -> list[Segment]:
    """Return the segments for reading: what changed, and of what stayed some words around it.

    Every *del* and *ins* stands there whole. Of a long run of *same* only ``around`` words beside
    each change are left, or the whole lines within them, with “…” for the rest. A rest of fewer
    than ``around`` words is not worth leaving out.
    """
    last = len(segments) - 1
    if not last:
        return list(segments)
    return [
        segment
        if segment.op != "same"
        else Segment("same", _shortened(segment.text, around, place > 0, place < last))
        for place, segment in enumerate(segments)
    ]


def _shortened(text: str, around: int, is_behind: bool, is_before: bool) -> str:
    """Shorten what stands behind a change, or before one, or between two."""
    words = PIECES.findall(text)
    head = _whole_lines_first(words[:around]) if is_behind else []
    tail = _whole_lines_last(words[-around:]) if is_before else []
    left_out = words[len(head) : len(words) - len(tail)]
    if len(left_out) < around:
        return text
    apart = "\n" if _ends_line(left_out[-1]) else " "
    return "".join([*head, LEFT_OUT, apart * is_before, *tail])


def _ends_line(word: str) -> bool:
    return "\n" in word


def _whole_lines_first(words: Sequence[str]) -> Sequence[str]:
    """Return the words up to the last end of a line, or all of them where there is none."""
    ends = [place for place, word in enumerate(words, start=1) if _ends_line(word)]
    return words[: ends[-1]] if ends else words


def _whole_lines_last(words: Sequence[str]) -> Sequence[str]:
    """Return the words behind the first end of a line, or all of them where there is none."""
    ends = [place for place, word in enumerate(words, start=1) if _ends_line(word)]
    return words[ends[0] :] if ends else words


def by_line(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Return the segments line by line; the end of a line stands in the segment that ends it."""
    lines: list[list[Segment]] = [[]]
    for segment in segments:
        for text in LINES.findall(segment.text):
            lines[-1].append(Segment(segment.op, text))
            if _ends_line(text):
                lines.append([])
    return lines if lines[-1] else lines[:-1]
