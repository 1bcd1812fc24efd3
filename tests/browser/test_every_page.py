"""Every page in Chromium, wide and light, narrow and dark: open to all, and asking nobody else.

axe-core holds the pages to WCAG 2.2 AA; what it calls serious or critical fails.
"""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, Response
from pytest_django.live_server_helper import LiveServer

from measurement.models import Reading
from measurement.services import ReadingValues, add_reading
from notifications.models_webhooks import WebhookEndpoint
from notifications.services_webhooks import add_webhook
from strategies.domain.first_pass import SCREENS
from strategies.domain.questionnaire import STEPS
from strategies.models import Kpi, Milestone, Strategy
from strategies.services.strategies import create_strategy
from strategies.starters import STARTERS
from tests.browser.conftest import PageOf
from tests.reminders.own import remind
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
def full(
    workspace: Workspace, admin: Membership, marketer: Membership, manager: Membership
) -> Strategy:
    """A filled strategy, and beside it one in force, with a figure, and one that waits for review."""
    approved = ready_strategy(marketer)
    kpi = Kpi.objects.create(strategy=approved, metric="reach", baseline=100, target=280)
    approve_answers(approved, by=manager)
    write_down(approved, kpi, by=marketer)
    remind(admin, now=timezone.now())
    waiting = ready_strategy(marketer, name="Waiting")
    submitted(waiting, by=marketer, reviewers=[manager])
    values = {"name": "Room", "shape": "standard", "address": "https://a.example/", "kinds": []}
    add_webhook(workspace, values, by=manager.user)
    return create_strategy(
        workspace, name="Spring", by=marketer.user, starter=next(iter(STARTERS.values()))
    )


def write_down(strategy: Strategy, kpi: Kpi, *, by: Membership) -> None:
    """Two readings of a figure, so that it has a line."""
    for days, value in ((40, 120), (10, 150)):
        read_on = strategy.workspace.today() - timedelta(days=days)
        values = ReadingValues(read_on, Decimal(value), "Counted by hand")
        add_reading(strategy, figure=kpi.uid, name="Reach", values=values, by=by.user)


def pages(strategy: Strategy) -> Iterator[str]:
    """Every kind of page that a person of the workspace can open."""
    space = f"/w/{strategy.workspace.slug}/"
    inside = f"{space}strategies/{strategy.uid}/"
    yield f"{space}find/?q=spring"
    yield from (space, "/profile/", "/workspaces/", "/workspaces/new/")
    for place in ("notices", "notices/settings", "reminders", "reminders/add", "results"):
        yield f"{space}{place}/"
    for kpi in Kpi.objects.filter(strategy__versions__isnull=False):
        yield f"{space}results/{kpi.strategy.uid}/{kpi.uid}/"
    for reading in Reading.objects.all()[:1]:
        yield f"{space}results/readings/{reading.uid}/"
    for milestone in Milestone.objects.filter(kind="read")[:1]:
        yield f"{space}strategies/{milestone.strategy.uid}/roadmap/{milestone.uid}/"
    for place in ("notices/webhooks", "notices/webhooks/add"):
        yield f"{space}{place}/"
    yield from (endpoint.get_absolute_url() for endpoint in WebhookEndpoint.objects.all())
    for place in ("people", "people/invite", "channels", "channels/add"):
        yield f"{space}{place}/"
    for place in ("", "add/", "confirm/", "bring-in/"):
        yield f"{space}channels/access/{place}"
    for place in ("", "check/", "lasting/"):
        yield f"{space}policies/hashtags/{place}"
    calendar = f"{space}calendar/"
    for place in ("", "week/2026-11-23/", "day/2026-11-24/", "agenda/", "board/", "list/"):
        yield f"{calendar}{place}"
    for place in ("year/2026/", "who-hears-what/2026-11/", "quick-add/"):
        yield f"{calendar}{place}"
    for place in ("check-of-the-day/", "stops/", "stops/stop-posts/"):
        yield f"{calendar}{place}"
    for place in ("settings", "status", "permissions", "activity", "strategies", "strategies/new"):
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
    for screen in (*SCREENS, None):
        yield f"{inside}first-pass/{screen.code if screen else 'finish'}/"
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


@pytest.mark.parametrize("look", [WIDE, NARROW], ids=["wide and light", "narrow and dark"])
def test_front_door_is_open_to_all_light_and_asks_no_other_host(
    look: dict[str, Any], browser: Browser, live_server: LiveServer
) -> None:
    page = browser.new_page(base_url=live_server.url, **look)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))

    page.goto("/", wait_until="networkidle")

    assert grave(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert {urlsplit(answer.url).netloc for answer in answers} == {urlsplit(page.url).netloc}
    assert sum("/pictures/" in answer.url for answer in answers) == 1
    loaded = sum(len(gzip.compress(answer.body())) for answer in answers)
    page.close()
    assert loaded < FIRST_VIEW * 1024


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
