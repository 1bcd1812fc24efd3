"""How findings call a row."""

from collections.abc import Iterable

from core.text import cut, first_line, isolated, one_line

LONGEST_NAME = 70


def name_of(text: str) -> str:
    """Shorten what a row is called to what fits in a sentence: its first line, cut at need."""
    return isolated(cut(one_line(first_line(text)), LONGEST_NAME))


def names_of(texts: Iterable[str]) -> str:
    """Write several short names one after the other."""
    return ", ".join(texts)
