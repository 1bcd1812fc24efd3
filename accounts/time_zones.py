"""Time zones to choose from: one name a place, as the IANA list has it now."""

import zoneinfo
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

UTC = "UTC"
#: The files of the package tzdata that list places, and the other names of zones.
PLACES, NAMES = "zone.tab", "tzdata.zi"


def is_time_zone(name: str) -> bool:
    """Whether ``name`` is a zone of the IANA list."""
    return name in zoneinfo.available_timezones()


def current_name(name: str) -> str:
    """Return what the list of choices calls a zone: Asia/Kolkata for Asia/Calcutta; "" where it has none."""
    if name in _offered():
        return name
    named = _other_names().get(name, "")
    return named if named in _offered() else ""


@cache
def time_zone_choices(own: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (region, [(zone, place)]) for a list of choices.

    ``own`` is what is stored: where it is an old name, it stands there too, so that it stays.
    """
    grouped: dict[str, list[tuple[str, str]]] = {}
    kept = {own} if own and is_time_zone(own) else set()
    for zone in sorted((_offered() | kept) - {UTC}):
        region, _slash, place = zone.partition("/")
        words = (place or region).replace("_", " ").replace("/", ", ")
        grouped.setdefault(region if place else UTC, []).append((zone, words))
    grouped.setdefault(UTC, []).append((UTC, UTC))
    return list(grouped.items())


@cache
def _offered() -> frozenset[str]:
    """The zones of the places that the IANA list names, and UTC."""
    rows = (line.split("\t") for line in _lines(PLACES) if not line.startswith("#"))
    return frozenset({row[2].strip() for row in rows if len(row) > 2} | {UTC})


@cache
def _other_names() -> dict[str, str]:
    """Old names and the zones that they are links to."""
    links = (line.split() for line in _lines(NAMES) if line.startswith("L "))
    return {old: new for _mark, new, old in links}


def _lines(name: str) -> Iterator[str]:
    yield from files("tzdata").joinpath("zoneinfo", name).read_text("utf-8").splitlines()
