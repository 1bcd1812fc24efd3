"""Addresses as they stand in emails and in links that people pass on."""

from posixpath import normpath
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.http import url_has_allowed_host_and_scheme


def site_address(address: str) -> str:
    """Return ``address`` below SITE_URL, whichever host it named: a request chooses its own."""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"{settings.SITE_URL}/{parts.path.lstrip('/')}{query}"


def is_page_below(home: str, wanted: str) -> bool:
    """Whether ``wanted``, which came with a request, is an address of ours that begins with ``home``."""
    path = normpath(urlsplit(wanted).path) + "/"
    return path.startswith(home) and url_has_allowed_host_and_scheme(wanted, None)
