"""Where the post of a channel is written."""

from urllib.parse import parse_qs, urlsplit

import pytest

from networks.catalogue import NETWORKS
from networks.compose import compose_url
from networks.models import Channel

TEXT = "Open & free: blåbær #1 {text}\nhttps://example.org/a?b=c"


@pytest.mark.parametrize(
    ("network", "begins"),
    [
        ("x", "https://x.com/intent/post"),
        ("bluesky", "https://bsky.app/intent/compose"),
        ("threads", "https://www.threads.com/intent/post"),
        ("linkedin", "https://www.linkedin.com/feed/"),
    ],
)
def test_the_text_is_ready_where_the_network_takes_it(network: str, begins: str) -> None:
    url = compose_url(Channel(network=network), TEXT)

    assert url.startswith(f"{begins}?")
    assert parse_qs(urlsplit(url).query)["text"] == [TEXT]


@pytest.mark.parametrize(
    ("address", "handle"),
    [
        ("https://fosstodon.org:8443/@kari", ""),
        ("https://fosstodon.org:8443/@kari", "@kari@other.org"),
        ("", "@kari@fosstodon.org:8443"),
    ],
)
def test_mastodon_is_shared_on_the_accounts_own_server(address: str, handle: str) -> None:
    url = compose_url(Channel(network="mastodon", address=address, handle=handle), TEXT)

    assert url.startswith("https://fosstodon.org:8443/share?text=Open")


@pytest.mark.parametrize("handle", ["", "@kari", "kari"])
def test_mastodon_without_a_server_has_no_address(handle: str) -> None:
    assert compose_url(Channel(network="mastodon", handle=handle), TEXT) == ""


def test_facebook_shares_the_first_link() -> None:
    channel = Channel(network="facebook", address="https://www.facebook.com/museum")

    assert compose_url(channel, "See example.org/a?b and c.org") == (
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fexample.org%2Fa%3Fb"
    )
    assert compose_url(channel, "No link") == channel.address


def test_without_a_place_to_write_the_channels_own_address_is_given() -> None:
    instagram = Channel(network="instagram", address="https://www.instagram.com/museum/")

    assert compose_url(instagram, TEXT) == "https://www.instagram.com/museum/"
    assert compose_url(Channel(network="instagram"), TEXT) == "https://www.instagram.com/"
    assert compose_url(Channel(network="other"), TEXT) == ""


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://[", "ftp://a.org"])
def test_only_web_addresses_are_given(address: str) -> None:
    for code in NETWORKS:
        url = compose_url(Channel(network=code, address=address), "half \ud83d")

        assert url == "" or url.startswith("https://")
