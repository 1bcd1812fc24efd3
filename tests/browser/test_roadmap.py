"""The roadmap and Today as a person meets them: ticked off by hand and keys, printed on one page."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from strategies.enums import MilestoneState, Phase
from strategies.models import Strategy
from strategies.services.roadmap import MilestoneValues, add_milestone
from tests.browser.conftest import PageOf
from tests.strategies.approved import approve_answers, make_strategy, milestone_of
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.browser

# As long as those of a real plan: a sign with its objective, a figure, an initiative, a channel.
TITLES = (
    "Look for the sign: being asked to join a conversation (objective: Be whom curators call first)",
    "Read the figure: Visits to the website from Instagram",
    "Ask a curator from each department for one story a month",
    "Name a backup for Instagram: @fjordlys",
    "Be ready for “Winter lights”",
    "Buy a cake",
)
LONG = "Write to the twelve schools in the county that have never come, and ask them why not"


@pytest.fixture
def approved(workspace: Workspace, marketer: Membership) -> Strategy:
    today = workspace.today()
    strategy = make_strategy(
        workspace,
        name="A year in which everything is done at once",
        starts_on=today - timedelta(days=100),
        ends_on=today + timedelta(days=265),
    )
    approve_answers(strategy, by=marketer)
    return strategy


def fill(strategy: Strategy, number: int, *, by: Membership, title: str = "") -> None:
    for at in range(number):
        values = MilestoneValues(
            due_on=strategy.workspace.today() + timedelta(days=at * 3 - 60),
            owner=by,
            title=title or TITLES[at % len(TITLES)],
            phase=list(Phase)[at % 4],
        )
        add_milestone(strategy, values=values, by=by.user)


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (0, ""),
        (20, "Buy a cake"),
        (20, LONG),
        (40, "Buy a cake"),
        (65, "Cake"),
        (66, ""),
        (80, LONG),
        (115, ""),
    ],
)
def test_roadmap_is_printed_on_one_page(
    approved: Strategy, marketer: Membership, page_of: PageOf, number: int, title: str
) -> None:
    fill(approved, number, title=title, by=marketer)
    page = page_of(marketer)
    page.goto(f"/w/fjordlys/strategies/{approved.uid}/roadmap/")

    paper = page.pdf(format="A4", print_background=True)

    assert re.findall(rb"/Count (\d+)", paper) == [b"1"]


SMALLEST = """() => Math.min(...[...document.querySelectorAll(".road td")]
  .filter(cell => cell.checkVisibility())
  .map(cell => parseFloat(getComputedStyle(cell).fontSize) * 72 / 96))"""


def test_roadmap_of_115_is_printed_legibly_without_the_picture(
    approved: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    fill(approved, 115, by=marketer)
    page = page_of(marketer)
    page.goto(f"/w/fjordlys/strategies/{approved.uid}/roadmap/")

    page.emulate_media(media="print")

    assert page.evaluate(SMALLEST) == pytest.approx(6.5, abs=0.01)
    expect(page.locator(".gantt")).to_be_hidden()
    first = page.get_by_role("row", name=TITLES[0]).first
    for column in ("what", "own", "due"):
        expect(first.locator(f"td.{column}")).to_be_visible()


def test_roadmap_of_66_is_printed_with_its_picture(
    approved: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    fill(approved, 66, by=marketer)
    page = page_of(marketer)
    page.goto(f"/w/fjordlys/strategies/{approved.uid}/roadmap/")

    page.emulate_media(media="print")

    expect(page.locator(".gantt")).to_be_visible()


def test_ticking_off_by_keys_keeps_the_focus_and_counts_again(
    approved: Strategy, contributor: Membership, page_of: PageOf
) -> None:
    page = page_of(contributor)
    page.goto(f"/w/fjordlys/strategies/{approved.uid}/roadmap/")
    page.get_by_role("button", name="Mark as done: Mid-term review").focus()

    page.keyboard.press("Enter")

    again = page.get_by_role("button", name="Not done after all: Mid-term review")
    expect(again).to_be_focused()
    expect(page.get_by_text("3 milestones: 1 done")).to_be_visible()
    assert milestone_of(approved, "mid-term").state == MilestoneState.DONE

    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Mark as done: Mid-term review")).to_be_focused()


def test_ticking_off_by_script_counts_again_beside_today(
    approved: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    approved.milestones.update(owner=None)
    fill(approved, 2, title="Buy a cake", by=marketer)
    page = page_of(marketer)
    page.goto(f"/w/fjordlys/strategies/{approved.uid}/roadmap/")
    today = page.get_by_role("navigation", name="Main").get_by_role("link", name="Today")
    expect(today).to_have_accessible_name("Today 2 waiting")

    for left in ("Today 1 waiting", "Today"):
        page.get_by_role("button", name="Mark as done: Buy a cake").first.click()
        expect(today).to_have_accessible_name(left)
    page.get_by_role("button", name="Not done after all: Buy a cake").first.click()

    expect(today).to_have_accessible_name("Today 1 waiting")


@pytest.mark.parametrize("script", [True, False])
def test_today_is_ticked_off_with_and_without_script(
    approved: Strategy, marketer: Membership, page_of: PageOf, script: bool
) -> None:
    fill(approved, 1, title="Buy a cake", by=marketer)
    page = page_of(marketer, java_script_enabled=script)
    page.goto("/w/fjordlys/")

    done = page.get_by_role("button", name=re.compile(r"^Mark as done ?: Buy a cake$"))

    done.click()

    expect(done).to_have_count(0)
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()


def test_roadmap_is_ticked_off_without_script(
    approved: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer, java_script_enabled=False)
    page.goto(f"/w/fjordlys/strategies/{approved.uid}/roadmap/")

    page.get_by_role("button", name="Mark as done: Mid-term review").click()

    expect(page.get_by_role("button", name="Not done after all: Mid-term review")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 820, 390])
def test_nothing_sticks_out_sideways(
    approved: Strategy, marketer: Membership, page_of: PageOf, width: int
) -> None:
    fill(approved, 3, title="W" * 200, by=marketer)
    page = page_of(marketer, viewport={"width": width, "height": 900})

    for address in ("/w/fjordlys/", f"/w/fjordlys/strategies/{approved.uid}/roadmap/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
