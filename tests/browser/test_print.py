"""What is printed: what was said, and nothing that is only of use on a screen."""

import re

import pytest
from playwright.sync_api import Page, expect

from strategies.models import (
    Audience,
    Goal,
    Initiative,
    KeyMessage,
    Kpi,
    Objective,
    Pillar,
    Strategy,
)
from strategies.services.versions import ask_for_changes
from tests.browser.conftest import PageOf
from tests.strategies.long_answers import long_answers
from tests.strategies.ready import ready_strategy, submitted
from tests.strategies.stored import store
from workspaces.models import Membership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CONTROLS = ":is(button, input, select, textarea, .btn, nav, header.top, .side)"


def controls_of(page: Page) -> list[str]:
    """What is there to be pressed or typed in, or leads elsewhere."""
    found = page.locator(CONTROLS).filter(visible=True)
    return [one.evaluate("one => one.outerHTML.slice(0, 80)") for one in found.all()]


@pytest.fixture
def strategy(marketer: Membership) -> Strategy:
    return ready_strategy(marketer, name="Autumn")


def test_review_is_printed_without_forms_and_with_every_answer(
    strategy: Strategy, marketer: Membership, manager: Membership, page_of: PageOf
) -> None:
    version = submitted(strategy, by=marketer, reviewers=[manager], note="First go.")
    page = page_of(manager)
    page.goto(version.get_absolute_url())
    assert controls_of(page)

    page.emulate_media(media="print")

    assert controls_of(page) == []
    for words in ("Comment on question 1", "Your decision", "Go to your decision"):
        expect(page.get_by_text(words, exact=True).filter(visible=True)).to_have_count(0)
    reviewers = page.get_by_role("complementary", name="Reviewers and checks")
    for text in ("First go.", "Families", "Open for everyone", "Be known"):
        expect(page.get_by_text(text, exact=True).first).to_be_visible()
    expect(reviewers.get_by_text("Magnus Manager")).to_be_visible()
    expect(reviewers.get_by_text("You", exact=True)).not_to_be_visible()


def test_review_of_changes_is_printed_with_what_they_are_changes_to(
    strategy: Strategy, marketer: Membership, manager: Membership, page_of: PageOf
) -> None:
    first = submitted(strategy, by=marketer, reviewers=[manager])
    ask_for_changes(first, by=manager.user, text="Which families?", comments={})
    Audience.objects.update(name="Families in Vestland")
    second = submitted(strategy, by=marketer, reviewers=[manager])
    page = page_of(marketer)
    page.goto(second.get_absolute_url())

    page.emulate_media(media="print")

    assert controls_of(page) == []
    expect(page.get_by_text("What has changed since version 1.")).to_be_visible()
    expect(page.locator("#q-audience ins").first).to_contain_text("in Vestland")
    expect(page.get_by_text("Which families?")).to_be_visible()
    for words in ("Changed your mind?", "Ask someone else", "Ask one more person"):
        expect(page.get_by_text(words)).not_to_be_visible()


def test_document_is_printed_without_buttons_and_with_every_answer(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer)
    page.goto(f"/w/fjordlys/strategies/{strategy.uid}/document/")
    assert controls_of(page)

    page.emulate_media(media="print")

    assert controls_of(page) == []
    document = page.get_by_role("article")
    for text in ("Fjordlys Museum", "Families", "Open for everyone", "Be known"):
        expect(document.get_by_text(text, exact=True).first).to_be_visible()


A4_WIDTH = 688  # CSS pixels between the margins
WIDE = ("W" * 39 + " ") * 3
TEXTS = {
    Audience: "name",
    Goal: "title",
    KeyMessage: "text",
    Objective: "statement",
    Initiative: "title",
    Kpi: "name",
    Pillar: "name",
}


@pytest.mark.parametrize("text", ["", WIDE, "博物馆的消息" * 20], ids=["long", "wide", "Chinese"])
def test_sheet_is_printed_on_one_page(marketer: Membership, page_of: PageOf, text: str) -> None:
    strategy = Strategy.objects.create(
        workspace=marketer.workspace, name=(text or long_answers().name)[:120]
    )
    store(long_answers(), strategy, {"p-ingrid": marketer, "p-amir": marketer})
    for model, field in TEXTS.items() if text else ():
        model._default_manager.update(**{field: text})
    page = page_of(marketer, viewport={"width": A4_WIDTH, "height": 1000})
    page.goto(f"/w/fjordlys/strategies/{strategy.uid}/in-short/")

    paper = page.pdf(format="A4", print_background=True)
    page.emulate_media(media="print")

    assert re.findall(rb"/Count (\d+)", paper) == [b"1"]
    assert page.get_by_role("article").evaluate("one => one.scrollHeight - one.clientHeight") <= 0


# A heading may not end a page: what follows begins on the same one.
PARTED = """() => [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, .is-long > dt)")]
  .filter((one) => one.checkVisibility() && getComputedStyle(one).breakAfter !== "avoid")
  .map((one) => one.textContent.trim())"""


def test_headings_and_labels_are_printed_with_what_follows(
    strategy: Strategy, marketer: Membership, manager: Membership, page_of: PageOf
) -> None:
    first = submitted(strategy, by=marketer, reviewers=[manager])
    ask_for_changes(first, by=manager.user, text="And schools?", comments={})
    needs = "Rain and a whole day to fill. " * 20
    Audience.objects.create(strategy=strategy, name="Schools", position=2, needs=needs)
    second = submitted(strategy, by=marketer, reviewers=[manager])
    page = page_of(manager)
    page.emulate_media(media="print")

    for address in (
        second.get_absolute_url(),
        f"/w/fjordlys/strategies/{strategy.uid}/document/",
    ):
        page.goto(address)
        assert page.locator(".is-long > dt").count() > 0
        assert page.evaluate(PARTED) == []
