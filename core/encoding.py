"""The door before the framework's: what cannot be read as UTF-8 never becomes a request."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.http import parse_header_parameters

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def is_readable(content_type: str) -> bool:
    """Whether a request of this kind speaks UTF-8, as every page of ours does."""
    try:
        _kind, facts = parse_header_parameters(content_type)
    except (LookupError, ValueError):
        return False
    return facts.get("charset", "utf-8").lower() in {"utf-8", "utf8"}


class Utf8Only:
    """Answer 400 to a request that names another encoding.

    The framework would decode the address with whatever the request names, before any middleware
    could catch what comes of it; some encodings are none of text, others make half characters.
    """

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Look at the one header, then let through."""
        if is_readable(environ.get("CONTENT_TYPE", "")):
            return self.application(environ, start_response)
        body = b"Send this in UTF-8, as the page does. Nothing was changed."
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "default-src 'none'"),
        ]
        start_response("400 Bad Request", headers)
        return [body]
