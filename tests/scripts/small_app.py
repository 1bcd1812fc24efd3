"""The smallest program that a web server can serve."""

from collections.abc import Callable, Iterable
from typing import Any


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Say how long the body was; below /long/ say it at length."""
    body = environ["wsgi.input"].read()
    answer = f"{len(body)} bytes".encode()
    if environ["PATH_INFO"].startswith("/long/"):
        answer = answer.ljust(300_000)
    start_response("200 OK", [("Content-Length", str(len(answer)))])
    return [answer]
