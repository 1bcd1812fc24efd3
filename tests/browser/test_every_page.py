"""Every page in Chromium, wide and light, narrow and dark: open to all, and asking nobody else.

axe-core holds the pages to WCAG 2.2 AA; what it calls serious or critical fails.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Page, Response

from strategies.domain.questionnaire import STEPS
from strategies.models import Strategy
from strategies.services.strategies import create_strategy
from strategies.starters import STARTERS
from tests.browser.conftest import PageOf
from tests.strategies.approved import approve_answers
from tests.strategies.ready import ready_strategy, submitted
from workspaces.models import Membership, Workspace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path(settings.BASE_DIR, "node_modules/axe-core/axe.min.js")
GRAVE = {"serious", "critical"}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"}
NARROW: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}

#: Kilobytes, compressed, of everything that the first page loads.
FIRST_VIEW = 200


@pytest.fixture
def full(workspace: Workspace, marketer: Membership, manager: Membership) -> Strategy:
    """A filled strategy, and beside it one in force and one that waits for review."""
    approve_answers(ready_strategy(marketer), by=manager)
    waiting = ready_strategy(marketer, name="Waiting")
    submitted(waiting, by=marketer, reviewers=[manager])
    return create_strategy(
        workspace, name="Spring", by=marketer.user, starter=next(iter(STARTERS.values()))
    )


def pages(strategy: Strategy) -> Iterator[str]:
    """Every kind of page that a person of the workspace can open."""
    space = f"/w/{strategy.workspace.slug}/"
    inside = f"{space}strategies/{strategy.uid}/"
    yield from (space, "/profile/", "/workspaces/", "/workspaces/new/")
    for place in ("notices", "people", "people/invite", "channels", "channels/add"):
        yield f"{space}{place}/"
    calendar = f"{space}calendar/"
    for place in ("", "week/2026-11-23/", "day/2026-11-24/", "agenda/", "board/", "list/"):
        yield f"{calendar}{place}"
    for place in ("year/2026/", "who-hears-what/2026-11/", "quick-add/"):
        yield f"{calendar}{place}"
    for place in ("settings", "permissions", "activity", "strategies", "strategies/new"):
        yield f"{space}{place}/"
    for place in (
        "",
        "document/",
        "in-short/",
        "who-hears-what/",
        "rename/",
        "submit/",
        "versions/",
    ):
        yield f"{inside}{place}"
    yield from (f"{inside}roadmap/", f"{inside}roadmap/add/")
    for step in STEPS:
        yield f"{inside}questions/{step.code}/"
    for version in Strategy.objects.exclude(pk=strategy.pk):
        yield f"{space}strategies/{version.uid}/versions/1/"
        yield f"{space}strategies/{version.uid}/versions/1/links/"
        yield f"{space}strategies/{version.uid}/roadmap/"


def grave(page: Page) -> list[str]:
    """What axe finds that keeps somebody out."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS
    )
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("look", [WIDE, NARROW], ids=["wide and light", "narrow and dark"])
def test_every_page_is_open_to_all_and_fits(
    look: dict[str, Any], full: Strategy, admin: Membership, page_of: PageOf
) -> None:
    page = page_of(admin, **look)
    wrong = {}

    for address in pages(full):
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        faults = grave(page) + ([f"{wider} px too wide"] if wider > 0 else [])
        if faults:
            wrong[address] = faults

    assert wrong == {}


def test_first_view_is_light_and_asks_no_other_host(
    full: Strategy, admin: Membership, page_of: PageOf
) -> None:
    page = page_of(admin, **WIDE)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))

    page.goto(f"/w/{full.workspace.slug}/", wait_until="networkidle")

    assert {urlsplit(answer.url).netloc for answer in answers} == {urlsplit(page.url).netloc}
    loaded = sum(len(gzip.compress(answer.body())) for answer in answers)
    assert loaded < FIRST_VIEW * 1024
