"""Time zones to choose from."""

import zoneinfo
from functools import cache

#: Zones named by place; the others are old names of the same ones.
REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


def is_time_zone(name: str) -> bool:
    """Whether ``name`` is a zone of the IANA list."""
    return name in zoneinfo.available_timezones()


def is_offered(name: str) -> bool:
    """Whether ``name`` is on the list of choices."""
    return any(name == zone for _region, zones in time_zone_choices() for zone, _place in zones)


@cache
def time_zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (region, [(zone, place)]) for a list of choices."""
    grouped: dict[str, list[tuple[str, str]]] = {region: [] for region in REGIONS}
    for zone in sorted(zoneinfo.available_timezones()):
        region, _slash, place = zone.partition("/")
        if place and region in grouped:
            grouped[region].append((zone, place.replace("_", " ").replace("/", ", ")))
    return [*grouped.items(), ("UTC", [("UTC", "UTC")])]
