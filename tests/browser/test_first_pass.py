"""The first pass on a phone."""

import pytest
from playwright.sync_api import expect

from strategies.models import Audience, Goal, Strategy
from strategies.services.strategies import create_strategy
from tests.browser.conftest import PageOf
from workspaces.models import Membership, Workspace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership) -> Strategy:
    return create_strategy(workspace, name="By phone", by=marketer.user)


def test_first_pass_is_walked_left_and_finished_without_script(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer, viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(f"{strategy.get_absolute_url()}first-pass/")
    press_next = page.get_by_role("button", name="Next").or_(
        page.get_by_role("link", name="Next", exact=True)
    )

    page.get_by_label("From", exact=True).fill("2027-01-01")
    page.get_by_label("To", exact=True).fill("2026-01-01")
    press_next.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which period do you plan for?")
    expect(page.get_by_role("alert")).to_contain_text("Fix one thing to continue")
    page.get_by_label("To", exact=True).fill("2027-06-30")
    press_next.click()
    page.locator("[name=title]").fill("Sell 400 tickets")
    page.get_by_role("button", name="Add another").click()
    expect(page.get_by_text("2 of 12")).to_be_visible()
    press_next.click()
    page.get_by_label("Who are they?").fill("Families")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_text("2 of 12")).to_be_visible()
    page.goto(f"/w/{strategy.workspace.slug}/")
    page.goto(f"{strategy.get_absolute_url()}first-pass/")
    for number in range(2, 13):
        expect(page.get_by_text(f"{number} of 12")).to_be_visible()
        press_next.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("The end of the first pass")
    page.get_by_role("link", name="Go to what is missing").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "What should they know and think about you?"
    )
    assert Goal.objects.get().title == "Sell 400 tickets"
    assert Audience.objects.get().name == "Families"


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no_script"])
def test_next_adds_the_lines_in_the_paste_box(
    has_script: bool, strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer, java_script_enabled=has_script)
    page.goto(f"{strategy.get_absolute_url()}first-pass/goal/")
    page.locator("[name=title]").fill("Be known")
    page.get_by_role("button", name="Paste several lines").click()
    page.get_by_label("One on each line").fill("Sell tickets\n" + "x" * 400)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("2 of 12")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("longer than 300 characters")
    page.get_by_label("One on each line").fill("Sell tickets\nFind friends")
    page.get_by_role("button", name="Next").click()

    expect(page.get_by_text("3 of 12")).to_be_visible()
    expect(page.get_by_text("2 lines were added.")).to_be_visible()
    expect(page.get_by_text("was not saved")).to_be_hidden()
    titles = Goal.objects.in_order().values_list("title", flat=True)
    assert list(titles) == ["Be known", "Sell tickets", "Find friends"]


def test_text_left_in_the_paste_box_leads_back_to_its_screen(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer)
    page.goto(f"{strategy.get_absolute_url()}first-pass/goal/?paste=goal")
    page.get_by_label("One on each line").fill("Sell tickets\nFind friends")
    page.goto(f"{strategy.get_absolute_url()}first-pass/audience/")
    expect(page.get_by_text("3 of 12")).to_be_visible()

    page.get_by_role("link", name="Show that text").click()

    expect(page.get_by_text("2 of 12")).to_be_visible()
    expect(page.get_by_label("One on each line")).to_have_value("Sell tickets\nFind friends")


def test_menu_of_what_is_not_known_keeps_its_lines_when_the_first_is_answered(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer, viewport={"width": 390, "height": 844})
    page.goto(f"{strategy.get_absolute_url()}questions/audience/")
    menu = page.locator("[data-unknown-menu]")
    first = menu.locator("[data-unknown]").first.get_attribute("data-unknown")
    page.locator(f"[name={first}]").fill("A day out")
    page.locator(f"[name={first}]").blur()
    menu.locator("summary").click()

    labels = menu.locator("[data-unknown]:visible").all()
    assert len(labels) == menu.locator("[data-unknown]").count() - 1 > 0
    box = menu.locator(".menu-in").bounding_box()
    assert box
    for label in labels:
        place = label.bounding_box()
        assert place
        assert place["width"] > 200
        assert place["x"] + place["width"] <= box["x"] + box["width"]
