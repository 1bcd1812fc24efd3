"""Every address of the product, from the resolver."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from strategies.questionnaire import KINDS
from tests.crawl.world import World

# Django's own support pages have their own guards and no tenant; their door is crawled.
LEFT_OUT = {"admin"}


@dataclass(frozen=True)
class Address:
    """A named pattern of the resolver."""

    name: str
    parts: tuple[str, ...]

    @property
    def is_inside(self) -> bool:
        """Whether it belongs to a workspace."""
        return "workspace" in self.parts


def addresses() -> list[Address]:
    """Return all of them; a pattern without a name cannot be linked to and fails."""
    return list(_walk(get_resolver(), (), ()))


def _walk(
    resolver: URLResolver, spaces: tuple[str, ...], parts: tuple[str, ...]
) -> Iterator[Address]:
    if resolver.namespace:
        spaces = (*spaces, resolver.namespace)
    if spaces and spaces[0] in LEFT_OUT:
        return
    parts = (*parts, *resolver.pattern.converters)
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, spaces, parts)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name"
            regex_parts = entry.pattern.regex.groupindex
            yield Address(":".join((*spaces, entry.name)), (*parts, *regex_parts))


def urls(address: Address, world: World, *, every_kind: bool) -> Iterator[str]:
    """Yield the address with the world's own things in it; for each row kind where asked."""
    kinds = list(KINDS) if every_kind and "kind" in address.parts else ["audience"]
    for kind in kinds:
        known = things(world, kind)
        missing = set(address.parts) - set(known)
        assert not missing, f"{address.name}: give {missing} a thing in tests/crawl/addresses.py"
        yield reverse(address.name, kwargs={part: known[part] for part in set(address.parts)})


#: Parts of an address that name one thing, which stands in one workspace only.
OWNED = {"strategy", "row", "milestone", "member", "channel", "notice", "delivery", "invitation"}


def mixed_urls(address: Address, ours: World, theirs: World) -> Iterator[str]:
    """Yield the address inside our workspace with one thing of the other; for each row kind."""
    for kind in KINDS if "row" in address.parts else ["audience"]:
        here, there = things(ours, kind), things(theirs, kind)
        for foreign in sorted(OWNED & set(address.parts)):
            known = {**here, foreign: there[foreign]}
            yield reverse(address.name, kwargs={part: known[part] for part in set(address.parts)})


def things(world: World, kind: str) -> dict[str, Any]:
    """Return what stands for each part of an address."""
    return {
        "workspace": world.workspace.slug,
        "strategy": world.things["strategy"].uid,
        "step": "audience",
        "kind": kind,
        "row": world.things[f"row:{kind}"].uid,
        "number": world.things["version"].number,
        "milestone": world.things["own milestone"].uid,
        "member": world.members["reader"].uid,
        "channel": world.things["row:channel"].uid,
        "notice": world.things["notice"].uid,
        "delivery": world.things["delivery"].uid,
        "invitation": world.things["invitation"].uid,
        "role": "admin",
        "token": "no-such-invitation",
        "key": "no-such-key",
        "uidb36": "1",
    }
