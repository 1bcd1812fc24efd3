"""The mix as a bar of three parts: colour, letter and pattern, positions in percent."""

from dataclasses import dataclass

from django.utils.functional import Promise

from core.enums import ContentCategory
from strategies.domain.answer_types import ContentPlanAnswer

NARROWEST_WITH_WORDS = 12  # percent; a narrower part is named in the key below the bar only


@dataclass(frozen=True)
class MixPart:
    """One part of the bar; ``start``, ``middle`` and ``end`` are whole percents of its width."""

    name: "str | Promise"
    letter: "str | Promise"
    css_class: str
    pattern: str
    percent: int
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + self.percent

    @property
    def middle(self) -> int:
        """Where its words stand."""
        return self.start + self.percent // 2

    @property
    def has_words(self) -> bool:
        """Whether words fit above it."""
        return self.percent >= NARROWEST_WITH_WORDS


def mix_parts(plan: ContentPlanAnswer) -> list[MixPart]:
    """Return the parts of the mix aimed at; none where it is not whole."""
    percents = [getattr(plan, category.value) for category in ContentCategory]
    if None in percents or sum(percents) != 100:
        return []
    parts: list[MixPart] = []
    for category, percent in zip(ContentCategory, percents, strict=True):
        start = parts[-1].end if parts else 0
        parts.append(
            MixPart(
                name=category.label,
                letter=category.letter,
                css_class=category.css_class,
                pattern=category.pattern,
                percent=percent,
                start=start,
            )
        )
    return parts
