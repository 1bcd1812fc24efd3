"""No line of a log holds what lets its reader in."""

import logging
import sys
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.log_lines import LineFormatter, without_secrets

CANARY = "canary:1tX-k3Y"
#: What the parts of an address are called that let a person in.
SECRETS = {"token", "key"}


def _with_secrets(
    resolver: URLResolver, spaces: tuple[str, ...] = (), parts: frozenset[str] = frozenset()
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield name and parts of every address with a secret in it."""
    spaces = (*spaces, resolver.namespace) if resolver.namespace else spaces
    for entry in resolver.url_patterns:
        more = parts | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from _with_secrets(entry, spaces, more)
        elif isinstance(entry, URLPattern) and more & SECRETS:
            yield ":".join((*spaces, str(entry.name))), more


def test_every_address_with_a_secret_is_logged_without_it() -> None:
    found = list(_with_secrets(get_resolver()))

    assert len(found) >= 3
    for address, names in found:
        path = reverse(address, kwargs={name: CANARY if name in SECRETS else "1" for name in names})
        assert "canary" in path
        assert "canary" not in without_secrets(f'"GET {path} HTTP/1.1" 200'), path


@pytest.mark.parametrize(
    ("line", "logged"),
    [
        ("Not Found: /invitations/abc/", "Not Found: /invitations/[secret]"),
        ("Not Found: /Invitations/abc", "Not Found: /Invitations/[secret]"),
        ('"GET /invitations/abc/?a=b HTTP/1.1"', '"GET /invitations/[secret]?a=b HTTP/1.1"'),
        ("/accounts/password/reset/key/3-abc/more/", "/accounts/password/reset/key/[secret]"),
        ("/accounts/confirm-email/", "/accounts/confirm-email/"),
        ("/w/fjordlys/people/invitations/1f/link/", "/w/fjordlys/people/invitations/1f/link/"),
        ("/invitations/", "/invitations/"),
    ],
)
def test_lines_are_logged_without_secrets(line: str, logged: str) -> None:
    assert without_secrets(line) == logged


def test_tracebacks_are_logged_without_secrets() -> None:
    try:
        raise ValueError("/invitations/canary/")
    except ValueError:
        record = logging.LogRecord(
            "x", 40, "", 1, "Bad: %s", ("/invitations/canary/",), sys.exc_info()
        )

    line = LineFormatter().format(record)

    assert "ERROR x: Bad: /invitations/[secret]" in line
    assert "canary" not in line


def test_an_address_cannot_begin_a_line_of_its_own() -> None:
    path = "/w/bb\r\n2026-11-30 FAKE\x1b[31m\u2028\u202e\x00/"
    record = logging.LogRecord("gunicorn.access", logging.INFO, "", 0, "GET %s", (path,), None)

    line = LineFormatter().format(record)

    assert len(line.splitlines()) == 1
    assert "/w/bb\\r\\n2026-11-30 FAKE\\x1b[31m\\u2028\\u202e\\x00/" in line
