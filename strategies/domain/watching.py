"""On which channels people write to us, and somebody must watch."""

import re
from typing import Protocol

OTHER = "other"  # the code of a network that is not in the catalogue
#: Words in the name of another network where nobody writes back.
SPEAKS_ONE_WAY = {
    "app",
    "website",
    "web",
    "site",
    "blog",
    "newsletter",
    "podcast",
    "intranet",
    "screen",
    "screens",
}


class Named(Protocol):
    """A channel, as a row or as an answer."""

    @property
    def network(self) -> str: ...

    @property
    def other_network(self) -> str: ...


def is_answered_on(channel: Named) -> bool:
    """Whether people write to us there: an app, a website or a newsletter asks for no watch."""
    words = set(re.findall(r"\w+", channel.other_network.casefold()))
    return channel.network != OTHER or not words & SPEAKS_ONE_WAY
