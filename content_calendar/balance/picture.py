"""The mix as a bar of three parts with its target above: positions in percent of its width."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.utils.functional import Promise

from content_calendar.balance.mix import Mix

NARROWEST_WITH_WORDS = (
    16  # percent; the words of a narrower part of the target stand in the key only
)


@dataclass(frozen=True)
class BarPart:
    """One category in the bar, from ``start`` to ``end``; its target around ``target_middle``."""

    name: "str | Promise"
    letter: "str | Promise"
    css_class: str
    pattern: str
    percent: int
    target: int
    start: int
    end: int
    target_middle: int
    target_end: int

    @property
    def has_target_words(self) -> bool:
        """Whether its target's words fit above it."""
        return self.target >= NARROWEST_WITH_WORDS


def bar_parts(mix: Mix) -> Sequence[BarPart]:
    """Return the three parts in order; without posts they are all 0 wide."""
    ends = accumulate(part.percent for part in mix.parts)
    target_ends = accumulate(part.target for part in mix.parts)
    found = []
    for part, end, target_end in zip(mix.parts, ends, target_ends, strict=True):
        found.append(
            BarPart(
                name=part.category.label,
                letter=part.category.letter,
                css_class=part.category.css_class,
                pattern=part.category.pattern,
                percent=part.percent,
                target=part.target,
                start=end - part.percent,
                end=end,
                target_middle=target_end - part.target // 2,
                target_end=target_end,
            )
        )
    return found
