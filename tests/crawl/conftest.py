"""The worlds, built once for the whole crawl; each test is rolled back to them."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from tests.crawl.traces import fingerprint_of_all, rows_of_world
from tests.crawl.world import World, build_worlds


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of answers are 403 or 404 as they should be; only a 500 is worth a traceback."""
    caplog.set_level(logging.ERROR, "django.request")


@pytest.fixture(autouse=True)
def _nobody_answers(settings: Settings) -> None:
    """The webhooks of the worlds are at a port of this machine where nobody is."""
    settings.OUTGOING_ALLOWED = ["127.0.0.0/8"]


@pytest.fixture(scope="package")
def worlds(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, World]]:
    """All of them, in a transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_worlds()
        transaction.set_rollback(True)


@pytest.fixture
def ours(worlds: dict[str, World]) -> World:
    """The workspace that the visitors belong to."""
    return worlds["ours"]


@pytest.fixture
def theirs(worlds: dict[str, World]) -> World:
    """The other one."""
    return worlds["theirs"]


@pytest.fixture
def alone(worlds: dict[str, World]) -> World:
    """One whose admin has submitted a version that nobody else can decide on."""
    return worlds["alone"]


@pytest.fixture(scope="package")
def theirs_before(worlds: dict[str, World], django_db_blocker: Any) -> dict[str, str]:
    """What stood in the other workspace when it was built."""
    with django_db_blocker.unblock():
        return rows_of_world(worlds["theirs"])


@pytest.fixture(scope="package")
def all_before(worlds: dict[str, World], django_db_blocker: Any) -> str:
    """The fingerprint of the whole database as it was built."""
    with django_db_blocker.unblock():
        return fingerprint_of_all()
