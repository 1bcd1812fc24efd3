"""Where a person writes the post of a channel on its network."""

from urllib.parse import quote, urlsplit

from core.text import web_link
from networks.catalogue import NETWORKS
from networks.models import Channel
from networks.text_parts import find_links


def compose_url(channel: Channel, text: str) -> str:
    """Return the address at which ``text`` is ready to be sent, as far as the network can.

    Where it has none, or needs a link and the text has none: the channel's own address, or else
    the network's; empty where neither is known.
    """
    network = NETWORKS[channel.network]
    own = web_link(channel.address) or _origin(network.address)
    parts = {"text": text, "link": _first_link(text), "server": _server(channel)}
    if not network.compose or any(
        f"{{{name}}}" in network.compose and not part for name, part in parts.items()
    ):
        return own
    return network.compose.format(
        text=quote(text, safe="", errors="replace"),
        link=quote(parts["link"], safe="", errors="replace"),
        server=quote(parts["server"], safe=":"),
    )


def _first_link(text: str) -> str:
    link = next(iter(find_links(text)), "")
    return link if not link or web_link(link) else f"https://{link}"


def _server(channel: Channel) -> str:
    """Return the server of a Mastodon account, from its address or from “@name@server”."""
    if web_link(channel.address):
        try:
            return urlsplit(channel.address).netloc.rpartition("@")[2]
        except ValueError:
            return ""
    name, _at, server = channel.handle.rpartition("@")
    return server if name.strip("@") else ""


def _origin(address: str) -> str:
    if not address:
        return ""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/"
