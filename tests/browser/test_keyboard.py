"""From a new strategy to an approved roadmap by keys alone: no mouse is ever moved."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from strategies.enums import VersionState
from strategies.models import Milestone, StrategyVersion
from tests.browser.conftest import PageOf
from workspaces.models import Membership, Workspace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: More stops than any page has: a place that Tab does not reach by then is not reached.
STOPS = 150

#: Where the focus is, seen from an element.
WHERE = """one =>
    one === document.activeElement ? "there" : one.isConnected ? "elsewhere" : "drawn anew"
"""


class Keys:
    """A person at the keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, place: Locator) -> None:
        """Press Tab until the focus is there, and see that it is shown."""
        there = place.element_handle()
        for _ in range(STOPS):
            match there.evaluate(WHERE):
                case "there":
                    assert place.evaluate("one => one.matches(':focus-visible')")
                    return
                case "drawn anew":
                    there = place.element_handle()
                case _:
                    self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {place}")

    def type(self, label: str, text: str) -> None:
        """Go to a field and type over what stands there."""
        self.to(self.page.get_by_label(label).first)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def day(self, label: str, digits: str) -> None:
        """Go to a day and type it, month first, as this browser's language does."""
        self.to(self.page.get_by_label(label, exact=True).first)
        self.page.keyboard.type(digits)

    def choose(self, label: str, text: str) -> None:
        """Go to a list and type the beginning of a choice."""
        self.to(self.page.get_by_label(label).first)
        self.page.keyboard.type(text)

    def press(self, role: str, name: "str | re.Pattern[str]") -> None:
        """Go to a link or button and press Enter; wait for the page that follows."""
        self.to(self.page.get_by_role(role, name=name).first)  # type: ignore[arg-type]
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def on(self, number: int) -> None:
        """Save what is open and go to the screen ``number``."""
        self.press("button", "Next")
        expect(self.page.get_by_text(f"{number} of 12")).to_be_visible()


def test_keys_alone_lead_from_a_new_strategy_to_a_roadmap(
    workspace: Workspace, marketer: Membership, manager: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer)
    page.goto(f"/w/{workspace.slug}/strategies/new/")
    keys = Keys(page)

    keys.type("Name", "By keys")
    keys.day("From", "01012027")
    keys.day("To", "06302027")
    keys.press("button", re.compile("^Begin"))
    expect(page.get_by_text("2 of 12")).to_be_visible()
    keys.on(3)
    keys.type("Who are they?", "Families")
    keys.on(4)
    keys.type("What should they know or think?", "Come as you are")
    keys.press("button", "Back")
    expect(page.get_by_text("3 of 12")).to_be_visible()
    keys.press("link", "Next")
    keys.press("link", "Next")
    keys.choose("Network", "Inst")
    keys.type("Name of the account", "@fjordlys")
    keys.choose("Owner", marketer.name)
    keys.on(6)
    keys.on(7)
    keys.to(page.get_by_role("button", name="20 selling, 40 useful, 40 dialogue"))
    page.keyboard.press("Space")
    expect(page.get_by_text("Together 100 percent")).to_be_visible()
    for number in (8, 9, 10):
        keys.on(number)
    keys.type("What do you want to achieve?", "Be known in the county")
    keys.on(11)
    keys.on(12)
    keys.press("button", "Next")
    keys.press("link", "Submit for review")
    keys.press("button", "Submit for review")
    assert StrategyVersion.objects.get().state == VersionState.SUBMITTED

    page = page_of(manager)
    page.goto(f"/w/{workspace.slug}/")
    keys = Keys(page)
    keys.press("link", re.compile("^Review"))
    keys.press("button", re.compile("^Approve version 1"))
    assert StrategyVersion.objects.get().state == VersionState.APPROVED
    page.goto(f"{page.url.split('/versions/')[0]}/roadmap/")
    expect(page.get_by_role("heading", name="Roadmap")).to_be_visible()
    assert Milestone.objects.exists()
