"""A pasted line that names an account: “Instagram @museum”, an address, or both."""

import re
from typing import Any
from urllib.parse import urlsplit

from networks.catalogue import NETWORKS

OTHER = "other"
#: Names that people still write.
FORMER_NAMES = {"twitter": "x", "fb": "facebook", "insta": "instagram"}

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)(?:[\w-]+\.)+[a-z]{2,}/\S*", re.IGNORECASE)
_BETWEEN = " \t:,;–—-|/()"


def channel_of(line: str) -> dict[str, Any]:
    """Return network, its name where it is another one, handle and address, as a channel has them.

    What names no network we know is the name of another one.
    """
    found = _ADDRESS.search(line)
    address = found[0].rstrip(".,;)") if found else ""
    words = line.replace(found[0], " ", 1) if found else line
    words = " ".join(words.split()).strip(_BETWEEN)
    network, rest = _named(words)
    if not network and address:
        network = _of_host(address)
        rest = words
    if address and not address.lower().startswith(("http://", "https://")):
        address = f"https://{address}"
    if not network:
        name = words or _host(address)
        return {"network": OTHER, "other_network": name, "handle": "", "address": address}
    handle = rest or _handle_in(address)
    return {"network": network, "other_network": "", "handle": handle, "address": address}


def _named(words: str) -> tuple[str, str]:
    """Return the network that the words begin with, and what follows."""
    names = {str(one.name).casefold(): one.code for one in NETWORKS.values() if one.code != OTHER}
    names |= FORMER_NAMES
    first, _blank, rest = words.partition(" ")
    code = names.get(first.strip(_BETWEEN).casefold(), "")
    return (code, rest.strip(_BETWEEN)) if code else ("", words)


def _host(address: str) -> str:
    whole = address if "//" in address else f"//{address}"
    try:
        host = urlsplit(whole).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").removeprefix("m.")


def _of_host(address: str) -> str:
    hosts = {_host(one.address): one.code for one in NETWORKS.values() if one.address}
    return {**hosts, "twitter.com": "x", "threads.com": "threads"}.get(_host(address), "")


def _handle_in(address: str) -> str:
    """Return the account that an address ends with, as people see it."""
    try:
        parts = [part for part in urlsplit(address).path.split("/") if part]
    except ValueError:
        return ""
    return f"@{parts[-1].lstrip('@')}" if parts else ""
