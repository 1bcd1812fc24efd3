"""The two worlds, built once for the whole crawl; each test is rolled back to them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.crawl.world import World, build_world


@pytest.fixture(scope="package")
def worlds(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, World]]:
    """Ours and theirs, in a transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world("OURCANARY"), build_world("THEIRCANARY")
        transaction.set_rollback(True)


@pytest.fixture
def ours(worlds: tuple[World, World]) -> World:
    """The workspace that the visitors belong to."""
    return worlds[0]


@pytest.fixture
def theirs(worlds: tuple[World, World]) -> World:
    """The other one."""
    return worlds[1]
