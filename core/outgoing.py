"""The one client by which this server asks other hosts, whose addresses people have typed.

A host is resolved once, and the connection goes to the very address that was checked, so a name that
points elsewhere a moment later changes nothing. Nothing but the public Internet is reached, unless
``OUTGOING_ALLOWED`` names it. No redirect is followed, no proxy is asked, and whatever the other end
does, it is over after ``seconds`` and ``LONGEST_ANSWER`` bytes (docs/adr/0022).
"""

import contextlib
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

import certifi
import httpcore
from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from core.exceptions import Refusal
from core.validators import SAYS_NO_PASSWORD

#: Seconds that all of it may take: looking up the name, connecting, asking, reading.
SECONDS = 15.0
#: Bytes of an answer's body that are read.
LONGEST_ANSWER = 65_536
PORTS = frozenset({443, 8443})

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# What ``is_global`` of some Python versions lets through, and what stands for an IPv4 address.
_NEVER = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # shared by providers
        "192.0.0.0/24",
        "192.88.99.0/24",  # relays of 6to4
        "198.18.0.0/15",  # benchmarks
        "240.0.0.0/4",
        "2001::/23",  # protocols' own, Teredo among them
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "3fff::/20",
    )
)
# All else of IPv6 is not given to hosts: mapped and translated (NAT64) IPv4, local, multicast.
_PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")
_HOST = re.compile(r"[a-z0-9._-]{1,253}|[0-9a-f:.]+(%\w+)?", re.IGNORECASE)
#: Names that stand for nothing outside a machine or its network (RFC 6761, 6762, 8375, ICANN's "internal").
LOCAL_ENDINGS = (".localhost", ".local", ".internal", ".home.arpa")
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})


class AddressRefused(Refusal):
    """This server does not ask that address; the message says why."""


class NoAnswer(Exception):
    """Nobody answered in time; the message says what happened, without the address."""


@dataclass(frozen=True)
class HttpAnswer:
    """What the other end said: status, headers by their names in small letters, body (cut)."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        """The body as text, whatever it is."""
        return self.body.decode(errors="replace")


@dataclass(frozen=True)
class _Target:
    """An address in parts."""

    url: str
    host: str
    port: int
    scheme: str


def check_address(url: str) -> None:
    """Raise AddressRefused where ``url`` can be refused without asking anybody."""
    target = _parsed(url)
    literal = _literal(target.host)
    is_local = "." not in target.host or target.host.endswith(LOCAL_ENDINGS)
    if literal is not None:
        _check([literal], target)
    elif is_local and not _is_allowed(target.host, ()):
        raise AddressRefused(_not_public())


def post(
    url: str, *, body: bytes, headers: Mapping[str, str], seconds: float = SECONDS
) -> HttpAnswer:
    """Send ``body`` to ``url`` and return the answer, whatever its status.

    Raises AddressRefused, and NoAnswer when there is none in time.
    """
    began = time.monotonic()
    target = _parsed(url)
    backend = _CheckedBackend(target, until=began + seconds)
    sent: list[tuple[bytes | str, bytes | str]] = [
        ("User-Agent", "StrategyPlanner"),
        ("Accept", "*/*"),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
        *headers.items(),
    ]
    try:
        with (
            httpcore.ConnectionPool(ssl_context=_ssl_context(), network_backend=backend) as pool,
            pool.stream("POST", target.url, headers=sent, content=body) as response,
        ):
            return HttpAnswer(
                status=response.status,
                headers={
                    name.decode("latin-1").lower(): value.decode("latin-1")
                    for name, value in response.headers
                },
                body=_beginning(response.iter_stream()),
                seconds=time.monotonic() - began,
            )
    except httpcore.TimeoutException as error:
        raise NoAnswer(
            _("There was no answer within %(seconds)d seconds.") % {"seconds": seconds}
        ) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise NoAnswer(_("The connection failed: %s") % _reason(error)) from error


def _beginning(parts: Iterable[bytes]) -> bytes:
    """Read up to ``LONGEST_ANSWER`` bytes; an answer that stops in the middle is one all the same."""
    read = bytearray()
    with contextlib.suppress(
        httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError
    ):
        for part in parts:
            read += part
            if len(read) >= LONGEST_ANSWER:
                break
    return bytes(read[:LONGEST_ANSWER])


def _reason(error: Exception) -> str:
    cause = error.__cause__ or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return cause.verify_message
    if isinstance(cause, ssl.SSLError):
        return cause.reason or "TLS"
    return getattr(cause, "strerror", None) or str(cause) or type(error).__name__


@lru_cache(maxsize=1)
def _ssl_context() -> ssl.SSLContext:
    """Trust what the system trusts, and certifi's list where the system has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


# --- which addresses -------------------------------------------------------------------------


def _parsed(url: str) -> _Target:
    """Split ``url``, or raise AddressRefused for what is no address of a service on the web."""
    try:
        parts = urlsplit(iri_to_uri(url))
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii")
        port = parts.port
    except (ValueError, UnicodeError) as error:
        raise AddressRefused(
            _("Write a whole address, for example https://example.org.")
        ) from error
    if not _HOST.fullmatch(host) or parts.scheme not in {"http", "https"}:
        raise AddressRefused(_("Write a whole address, for example https://example.org."))
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(str(SAYS_NO_PASSWORD))
    port = port or (443 if parts.scheme == "https" else 80)
    if not _is_allowed(host, ()):
        literal = _literal(host)
        if literal is None or not _is_allowed(host, [literal]):
            _check_service(parts.scheme, port)
    shown = f"[{host}]" if ":" in host else host
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    return _Target(f"{parts.scheme}://{shown}:{port}{path}{query}", host, port, parts.scheme)


def _check_service(scheme: str, port: int) -> None:
    if scheme != "https":
        raise AddressRefused(_("Give it an address that begins with https://."))
    if port not in PORTS:
        raise AddressRefused(_("Only the ports 443 and 8443 are asked."))


def _literal(host: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_allowed(host: str, addresses: Iterable[IPAddress]) -> bool:
    """Whether the settings name the host, or a network that holds all of ``addresses``."""
    names, networks = _allowed(tuple(settings.OUTGOING_ALLOWED))
    if host.lower() in names:
        return True
    found = list(addresses)
    return bool(found) and all(any(one in network for network in networks) for one in found)


@lru_cache(maxsize=8)
def _allowed(
    entries: tuple[str, ...],
) -> tuple[frozenset[str], tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]]:
    names, networks = set(), []
    for entry in entries:
        try:
            networks.append(ipaddress.ip_network(entry))
        except ValueError:
            names.add(entry.lower())
    return frozenset(names), tuple(networks)


def is_public(address: IPAddress) -> bool:
    """Whether an address is one host's on the public Internet, and no other's in disguise."""
    if any(address in network for network in _NEVER) or address.is_multicast:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        is_isatap = (int(address) >> 32) & 0xFFFFFFFF in _ISATAP
        return address in _PUBLIC_IPV6 and address.is_global and not is_isatap
    return address.is_global


def _check(addresses: list[IPAddress], target: _Target) -> list[IPAddress]:
    """Return those that may be asked, or raise AddressRefused where none may."""
    if _is_allowed(target.host, ()):
        return addresses
    fit = [one for one in addresses if is_public(one) or _is_allowed(target.host, [one])]
    if not fit:
        raise AddressRefused(_not_public())
    return fit


def _not_public() -> str:
    return _("This address is not on the public Internet, so it is not asked from here.")


# --- connecting ------------------------------------------------------------------------------


class _CheckedBackend(httpcore.NetworkBackend):
    """Looks up the host, checks what was found, and connects to exactly that."""

    def __init__(self, target: _Target, *, until: float) -> None:
        self.target, self.until = target, until
        self.sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Try the addresses of the host one after the other, as long as there is time."""
        failure: Exception = httpcore.ConnectError(_("The name has no address."))
        for address in _check(_look_up(self.target.host, port, self.until), self.target):
            try:
                stream = self.sockets.connect_tcp(str(address), port, timeout=_left(self.until))
            except httpcore.ConnectError as error:
                failure = error
            else:
                return _BoundedStream(stream, until=self.until)
        raise failure


class _BoundedStream(httpcore.NetworkStream):
    """A connection on which every wait ends when the time is up."""

    def __init__(self, stream: httpcore.NetworkStream, *, until: float) -> None:
        self.stream, self.until = stream, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, timeout=_left(self.until))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, timeout=_left(self.until))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inside = self.stream.start_tls(ssl_context, server_hostname, timeout=_left(self.until))
        return _BoundedStream(inside, until=self.until)

    def get_extra_info(self, info: str) -> object:
        return self.stream.get_extra_info(info)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left


def _look_up(host: str, port: int, until: float) -> list[IPAddress]:
    """Return the addresses of ``host``. The system's own lookup knows no deadline: a thread waits."""
    found: list[IPAddress] = []
    failure: list[OSError | UnicodeError] = []

    def ask() -> None:
        try:
            for *_kind, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found.append(ipaddress.ip_address(address[0]))
        except (OSError, UnicodeError) as error:
            failure.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(_left(until))
    if thread.is_alive():
        raise httpcore.ConnectTimeout
    if failure:
        raise httpcore.ConnectError(_("No address was found for this name.")) from failure[0]
    return list(dict.fromkeys(found))
