"""The one outgoing client: what it reaches, and how it ends whatever the other end does."""

import ipaddress
import socket
import threading
from collections.abc import Iterator
from typing import Any

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from core.outgoing import (
    LONGEST_ANSWER,
    AddressRefused,
    NoAnswer,
    check_address,
    is_public,
    post,
)
from tests.web_receiver import Handler, Receiver, drip, endless, receiving, say

PUBLIC = "93.184.216.34"


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    """A receiver on this machine that the settings allow."""
    settings.OUTGOING_ALLOWED = ["127.0.0.0/8"]
    with receiving() as made:
        yield made


def send(url: str, **more: Any) -> Any:
    return post(url, body=b"{}", headers={"Content-Type": "application/json"}, **more)


NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104  # nothing is bound to it
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.10",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:93.184.216.34",
    "64:ff9b::7f00:1",
    "64:ff9b::5db8:d822",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:5db8:d822::1",
    "2600:1::5efe:7f00:1",
    "2600:1::200:5efe:5db8:d822",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_what_is_not_public_is_refused(address: str) -> None:
    host = f"[{address}]" if ":" in address else address

    assert not is_public(ipaddress.ip_address(address))
    with pytest.raises(AddressRefused):
        check_address(f"https://{host}/hook")
    with pytest.raises(AddressRefused):
        send(f"https://{host}/hook")


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2600:1406::1", "2a00:1450:400f::200e"])
def test_public_addresses_are_asked(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
    check_address(f"https://{f'[{address}]' if ':' in address else address}:8443/hook")


@given(st.ip_addresses(v=4))
def test_no_disguise_of_an_ipv4_address_is_public(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    for disguise in (
        number,
        (0xFFFF << 32) | number,
        (0x64FF9B << 96) | number,
        (0x2002 << 112) | (number << 80),
    ):
        assert not is_public(ipaddress.IPv6Address(disguise))


@given(st.ip_addresses())
def test_what_is_public_is_global_for_python_too(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if is_public(address):
        assert address.is_global
        assert not any((address.is_private, address.is_loopback, address.is_link_local))
        assert not any((address.is_multicast, address.is_reserved, address.is_unspecified))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "https://example.org:22/",
        "https://example.org:6379/",
        "https://example.org:99999/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "//example.org/",
        "example.org",
        "https:///hook",
        "https://",
        "",
        "https://user:secret@example.org/",
        "https://[::1",
        "https://exa mple.org/",
        f"https://{'a' * 64}.example/",
    ],
)
def test_other_schemes_ports_and_forms_are_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_address(url)
    with pytest.raises(AddressRefused):
        send(url)


def test_refusal_comes_before_anything_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: pytest.fail("looked up"))

    with pytest.raises(AddressRefused):
        send("http://example.org/")


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost"])
def test_loopback_by_another_name_is_refused(host: str) -> None:
    with pytest.raises((AddressRefused, NoAnswer)) as caught:
        send(f"https://{host}/")

    assert "not on the public Internet" in str(caught.value) or "name" in str(caught.value)


class Wires:
    """Stands for the network: names and the addresses they have, one lookup after the other."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *lookups: list[str]) -> None:
        self.lookups, self.connected, self.names = list(lookups), [], []  # type: ignore[var-annotated]
        monkeypatch.setattr(socket, "getaddrinfo", self.look_up)
        monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", self.connect)

    def look_up(self, host: str, port: int, **_more: Any) -> list[Any]:
        return [(0, 0, 0, "", (address, port)) for address in self.lookups.pop(0)]

    def connect(self, host: str, port: int, timeout: float | None = None) -> Any:
        self.connected.append((host, port))
        return self

    def start_tls(self, context: Any, name: str, timeout: float | None = None) -> Any:
        self.names.append((context.check_hostname, name))
        raise httpcore.ConnectError("enough")


def test_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name points inside a moment later: nobody asks it again."""
    wires = Wires(monkeypatch, [PUBLIC], ["127.0.0.1"])

    with pytest.raises(NoAnswer):
        send("https://rebind.example:8443/hook")

    assert wires.connected == [(PUBLIC, 8443)]
    assert wires.lookups == [["127.0.0.1"]]
    assert wires.names == [(True, "rebind.example")]


def test_private_addresses_among_others_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    wires = Wires(monkeypatch, ["10.0.0.1", PUBLIC])

    with pytest.raises(NoAnswer):
        send("https://two-faced.example/")

    assert wires.connected == [(PUBLIC, 443)]


def test_name_that_points_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wires = Wires(monkeypatch, ["169.254.169.254", "fd00::1"])

    with pytest.raises(AddressRefused):
        send("https://metadata.example/")

    assert wires.connected == []


def test_settings_allow_a_host_by_name_or_by_network(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving() as receiver:
        settings.OUTGOING_ALLOWED = ["localhost"]
        assert send(f"http://localhost:{receiver.port}/").status == 200
        settings.OUTGOING_ALLOWED = ["127.0.0.1/32"]
        assert send(receiver.url).status == 200
        settings.OUTGOING_ALLOWED = ["127.0.0.2/32", "elsewhere"]
        with pytest.raises(AddressRefused):
            send(receiver.url)


def test_answer_is_read(receiver: Receiver) -> None:
    answer = send(f"{receiver.url}?a=b")

    assert (answer.status, answer.text) == (200, "thank you")
    (request,) = receiver.requests
    assert (request.path, request.body) == ("/hook?a=b", b"{}")
    assert request.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert request.headers["content-type"] == "application/json"


def test_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.answers = [lambda handler: say(handler, 302, Location=receiver.url)]

    assert send(receiver.url).status == 302
    assert len(receiver.requests) == 1


def test_proxy_of_the_environment_is_not_asked(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    assert send(receiver.url).status == 200


def test_endless_answer_is_cut(receiver: Receiver) -> None:
    receiver.answers = [endless]

    answer = send(receiver.url)

    assert (answer.status, len(answer.body)) == (200, LONGEST_ANSWER)


@pytest.mark.parametrize("behaviour", [drip, lambda handler: handler.rfile.read(1)])
def test_slow_answer_ends_when_the_time_is_up(receiver: Receiver, behaviour: Any) -> None:
    """Each byte of it comes in good time; all of it does not."""
    receiver.answers = [behaviour]

    with pytest.raises(NoAnswer, match="no answer within"):
        send(receiver.url, seconds=0.4)


def test_slow_lookup_ends_when_the_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    never = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: (never.wait(5), [])[1])

    with pytest.raises(NoAnswer, match="no answer within"):
        send("https://slow.example/", seconds=0.1)
    never.set()


def test_nobody_there_is_said(receiver: Receiver) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]

    with pytest.raises(NoAnswer, match="connection failed"):
        send(f"http://127.0.0.1:{port}/")


def test_what_is_no_http_is_said(receiver: Receiver) -> None:
    def greet(handler: Handler) -> None:
        handler.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")

    receiver.answers = [greet]

    with pytest.raises(NoAnswer, match="connection failed"):
        send(receiver.url, seconds=2)


@pytest.mark.parametrize("host", ["localhost", "intranet", "printer.local", "db.internal"])
def test_name_of_a_local_machine_is_refused_when_it_is_typed(host: str, settings: Any) -> None:
    with pytest.raises(AddressRefused, match="not on the public Internet"):
        check_address(f"https://{host}/hook")

    settings.OUTGOING_ALLOWED = [host]
    check_address(f"https://{host}/hook")
    check_address("https://hooks.example.org/hook")
