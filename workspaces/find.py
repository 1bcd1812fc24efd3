"""What can be found in a workspace: a registry of sources, one entry a kind of thing.

An app registers its own in ``<app>/find_sources.py``, which is found by name. ``today`` asks them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise

from core.registry import Registry
from core.text import cut, one_line
from workspaces.models import Membership

WORDS_AT_MOST = 6
AROUND = 60  # characters before the words found, in an excerpt
EXCERPT = 200


@dataclass(frozen=True)
class FoundThing:
    """One thing: what it is called, the very place, and what is said of it or around the words."""

    title: str
    url: str
    note: str = ""
    excerpt: str = ""


@dataclass(frozen=True)
class FindSource:
    """One kind of thing. ``find`` returns what ``member`` may see that has all the words: one
    queryset, or what was declared. ``describe`` turns the first of it into words and addresses.
    ``place`` orders the kinds on the page.
    """

    code: str
    label: "str | Promise"
    icon: str
    place: int
    find: Callable[[Membership, Sequence[str]], Any]
    describe: Callable[[Iterable[Any], Membership, Sequence[str]], Iterator[FoundThing]]


FIND_SOURCES: Registry[FindSource] = Registry("find source", module="find_sources")


def register(source: FindSource) -> None:
    """Make a kind of thing known."""
    FIND_SOURCES.register(source.code, source)


def words_of(text: str) -> list[str]:
    """Return the words to look for; as many as a search reads."""
    return list(dict.fromkeys(text.split()))[:WORDS_AT_MOST]


def says(words: Iterable[str], *fields: str) -> Q:
    """Return the condition that each of ``words`` stands in one of ``fields``, whatever its case."""
    return reduce(
        and_, (reduce(or_, (contains(field, word) for field in fields)) for word in words), Q()
    )


def contains(field: str, word: str) -> Q:
    """Return the condition that ``word`` stands in ``field``.

    SQLite compares letters beyond ASCII with their case, so its usual forms are asked for as well.
    """
    forms = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    return reduce(or_, (Q(**{f"{field}__icontains": form}) for form in sorted(forms)))


def has_words(text: str, words: Iterable[str]) -> bool:
    """Whether ``text``, which stands in no database, has each of ``words``."""
    return all(word.casefold() in text.casefold() for word in words)


def excerpt(text: str, words: Iterable[str]) -> str:
    """Return the part of ``text`` around the first of ``words`` that it has, in one line."""
    line = one_line(text)
    places = (line.casefold().find(word.casefold()) for word in words)
    first = min((place for place in places if place >= 0), default=0)
    start = max(0, first - AROUND)
    return ("…" if start else "") + cut(line[start:].lstrip(), EXCERPT)
