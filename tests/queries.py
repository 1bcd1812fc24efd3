"""Counting what a page asks of the database."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(client: Client, url: str) -> int:
    """Return the number of queries of a GET, once sessions and caches are warm."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured)


def counted(action: Callable[[], object]) -> int:
    """Return the number of queries of one action."""
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)
