"""Every address of the product, from the resolver."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from strategies.domain.questionnaire import KINDS, STEPS
from tests.crawl.world import World

# Django's own support pages have their own guards and no tenant; their door is crawled.
LEFT_OUT = {"admin"}

# Not found for kinds of rows that are never pasted.
NEEDS_PASTE = {"strategies:row_paste"}
# Not found for kinds of rows without a screen in the first pass.
NEEDS_SCREEN = {"strategies:first_pass_screen", "strategies:screen_from_finish"}


# Not found for kinds of rows whose order means nothing.
NEEDS_ORDER = {"strategies:row_move"}


@dataclass(frozen=True)
class Address:
    """A named pattern of the resolver, and the view that answers it."""

    name: str
    parts: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def is_inside(self) -> bool:
        """Whether it belongs to a workspace."""
        return "workspace" in self.parts

    @property
    def classes(self) -> list[type]:
        """The view's class and those of ours that it is built on."""
        cls = getattr(self.view, "view_class", None)
        mro = cls.__mro__ if cls else ()
        return [one for one in mro if one.__module__.partition(".")[0] in settings.LOCAL_APPS]


@dataclass(frozen=True)
class Visit:
    """An address with the things of a world in it, and the row kinds that it is about."""

    url: str
    kinds: tuple[str, ...]


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
            name = ":".join((*spaces, entry.name))
            yield Address(name, (*parts, *entry.pattern.regex.groupindex), entry.callback)


def visits(address: Address, world: World, *, every: bool = True) -> Iterator[Visit]:
    """Yield the address with the world's own things in it, for each row kind or question it has.

    With ``every=False`` it is the first one only: the views are the same for all of them.
    """
    for known, kinds in _variants(address, world) if every else [*_variants(address, world)][:1]:
        missing = set(address.parts) - set(known)
        assert not missing, f"{address.name}: give {missing} a thing in tests/crawl/addresses.py"
        yield Visit(_reverse(address, known), kinds)


def _variants(address: Address, world: World) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    if "kind" in address.parts:
        for kind in sorted(KINDS.values(), key=lambda kind: kind.code != "audience"):
            if kind.first_pass is None and address.name in NEEDS_SCREEN:
                continue
            if not kind.order and address.name in NEEDS_ORDER:
                continue
            if kind.paste or address.name not in NEEDS_PASTE:
                yield things(world, kind.code), (kind.code,)
    elif "step" in address.parts:
        for step in sorted(STEPS, key=lambda step: step.code != "audience"):
            its = tuple(kind.code for kind in step.kinds)
            yield {**things(world, "audience"), "step": step.code}, its
    else:
        yield things(world, "audience"), ("audience",)


def _reverse(address: Address, known: dict[str, Any]) -> str:
    return reverse(address.name, kwargs={part: known[part] for part in set(address.parts)})


#: Parts of an address that name one thing, which stands in one workspace only.
OWNED = {
    "strategy",
    "row",
    "milestone",
    "figure",
    "reading",
    "member",
    "channel",
    "notice",
    "delivery",
    "webhook",
    "invitation",
    "post",
    "comment",
    "media",
    "template",
    "saved_filter",
    "post_version",
    "reminder",
    "outcome",
    "policy",
    "grant",
    "person",
    "upload",
    "hashtag",
    "hold",
    "link",
}


#: Parts of the calendar's addresses, each the uid of the thing that the world has by that name.
CALENDAR_THINGS = (
    "post",
    "comment",
    "media",
    "template",
    "saved_filter",
    "post_version",
    "outcome",
    "hold",
)


def mixed_urls(address: Address, ours: World, theirs: World, kind: str) -> Iterator[str]:
    """Yield the address inside our workspace with one thing of the other.

    For most row kinds that is the row; what else stands in the address is the same for all.
    """
    here, there = things(ours, kind), things(theirs, kind)
    for foreign in sorted(OWNED & set(address.parts)):
        if kind == "audience" or foreign == "row":
            yield _reverse(address, {**here, foreign: there[foreign]})


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
        "figure": world.things["row:kpi"].uid,
        "reading": world.things["reading"].uid,
        "member": world.members["marketer"].uid,  # who has work that can be handed over
        "channel": world.things["row:channel"].uid,
        "notice": world.things["notice"].uid,
        "delivery": world.things["delivery"].uid,
        "webhook": world.things["webhook"].uid,
        "invitation": world.things["invitation"].uid,
        "reminder": world.things["reminder"].uid,
        **{name: world.things[name].uid for name in CALENDAR_THINGS},
        "month": "2026-12",
        "day": "2026-12-01",
        "year": 2026,
        "policy": world.things["policy"].uid,
        "grant": world.things["access"].uid,
        "person": world.things["access"].person_uid,
        "upload": world.things["access_upload"].uid,
        "hashtag": world.things["hashtag"].uid,
        "rule": world.things["rule_setting"].rule,
        "link": world.things["link"].uid,
        "format": "markdown",
        "role": "admin",
        "token": "no-such-invitation",
        "key": "no-such-key",
        "change": "no-such-change",
        "uidb36": "1",
    }
