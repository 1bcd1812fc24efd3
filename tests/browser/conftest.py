"""Journeys in a real Chromium, against a server of the test's own."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Request
from pytest_django.live_server_helper import LiveServer

from scripts.run_tests import find_chromium
from workspaces.models import Membership

# Playwright's own loop runs in the thread that asks the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PageOf = Callable[..., Page]
# A container has little shared memory, and nothing here speaks to anybody outside.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The Chromium that is there; without one the journeys are left out, unless they must run."""
    chromium = find_chromium()
    if not chromium and os.environ.get("REQUIRE_BROWSER") != "1":
        pytest.skip("There is no Chromium here: install it, or name one in CHROMIUM.")
    assert chromium, "There is no Chromium here and REQUIRE_BROWSER=1 asks for it."
    return {"executable_path": chromium, "args": CHROMIUM_FLAGS}


@pytest.fixture
def page_of(browser: Browser, live_server: LiveServer) -> Iterator[PageOf]:
    """Return a page in which a person is signed in, at 1280 px unless told otherwise.

    A script error or a refusal of the content security policy fails the test.
    """
    contexts: list[BrowserContext] = []
    said: list[str] = []
    unanswered: set[Request] = set()

    def open_for(person: Membership, **options: Any) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = browser.new_context(base_url=live_server.url, **options)
        client = Client()
        client.force_login(person.user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: unanswered.add(request))
        page.on("requestfinished", lambda request: unanswered.discard(request))
        page.on("requestfailed", lambda request: unanswered.discard(request))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "console",
            lambda message: (
                said.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        return page

    yield open_for
    open_pages = [page for context in contexts for page in context.pages]
    for _turn in range(
        40
    ):  # what the server still reads would lock with the emptying of the tables
        if open_pages and unanswered:
            open_pages[0].wait_for_timeout(50)
    for context in contexts:
        context.close()
    assert said == []


def wait_until(page: Page, holds: Callable[[], bool], *, tries: int = 200) -> None:
    """Ask every 50 ms until it holds: ``page.wait_for_function`` is refused by our own policy."""
    for _ in range(tries):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("It did not come to hold.")
