"""How networks shorten links on their pages, as far as it is known."""

import re


def as_typed(link: str) -> str:
    """Return the whole link."""
    return link


def path_cut(link: str, *, longest: int, kept: int, mark: str, hidden: str = r"https?://") -> str:
    """Return the domain and the path; of a path above ``longest`` the first ``kept`` and ``mark``.

    ``hidden`` is the pattern of what is left out at the beginning.
    """
    host, slash, rest = re.sub(f"^{hidden}", "", link, flags=re.IGNORECASE).partition("/")
    path = f"{slash}{rest}" if rest else ""
    return f"{host}{path[:kept]}{mark}" if len(path) > longest else f"{host}{path}"


def address_cut(link: str, *, kept: int, mark: str) -> str:
    """Return the first ``kept`` characters behind https://www., with ``mark`` if there are more."""
    address = re.sub(r"^https?://(www\.)?", "", link, flags=re.IGNORECASE)
    return f"{address[:kept]}{mark}" if len(address) > kept else address
