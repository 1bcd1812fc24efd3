"""Addresses as they stand in emails and in links that people pass on."""

from urllib.parse import urlsplit

from django.conf import settings


def site_address(address: str) -> str:
    """Return ``address`` below SITE_URL, whichever host it named: a request chooses its own."""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"{settings.SITE_URL}/{parts.path.lstrip('/')}{query}"
