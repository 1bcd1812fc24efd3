"""The calendar as a person meets it: posts moved by mouse and by keys, added by keys, printed."""

import re
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from content_calendar.enums import PostState
from content_calendar.models import Post
from strategies.models.answers import MarketingActivity
from tests.browser.conftest import PageOf
from tests.content_calendar.calendar_of import make_channel, make_post
from tests.strategies.approved import approve_answers, make_strategy
from workspaces.models import Membership

pytestmark = pytest.mark.browser

MARCH = "/w/fjordlys/calendar/month/2027-03/"
SATURDAY, MONDAY = date(2027, 3, 27), date(2027, 3, 29)  # the clocks go forward between them


def day(page: Page, when: str) -> Locator:
    return page.locator(f'[data-grid-day="{when}"]')


def test_post_is_dragged_across_a_clock_change_and_back_by_undo(
    marketer: Membership, page_of: PageOf
) -> None:
    post = make_post(marketer, make_channel(marketer), planned_on=SATURDAY)
    page = page_of(marketer)
    page.goto(MARCH)

    page.locator(f'[data-card="{post.uid}"]').drag_to(day(page, "2027-03-29"))

    expect(page.get_by_text("was moved to Mon 29 Mar 2027, 09:00")).to_be_visible()
    post.refresh_from_db()
    assert post.planned_on == MONDAY
    assert post.planned_at == datetime(2027, 3, 29, 7, tzinfo=UTC)

    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_text("was moved to Sat 27 Mar 2027, 09:00")).to_be_visible()
    post.refresh_from_db()
    assert post.planned_at == datetime(2027, 3, 27, 8, tzinfo=UTC)


def test_post_is_moved_across_a_clock_change_by_keys(marketer: Membership, page_of: PageOf) -> None:
    post = make_post(marketer, make_channel(marketer), planned_on=SATURDAY)
    page = page_of(marketer)
    page.goto(MARCH)
    day(page, "2027-03-26").focus()

    page.keyboard.press("ArrowRight")
    expect(day(page, "2027-03-27")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f'[data-card="{post.uid}"]')).to_be_focused()
    for moved_to in ("Sun 28 Mar 2027", "Mon 29 Mar 2027"):
        page.keyboard.press("Shift+ArrowRight")
        expect(page.get_by_text(f"was moved to {moved_to}, 09:00")).to_be_visible()
        expect(page.locator(f'[data-card="{post.uid}"]')).to_be_focused()

    post.refresh_from_db()
    assert post.planned_at == datetime(2027, 3, 29, 7, tzinfo=UTC)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/posts/{post.uid}/$"))


def test_draft_is_added_to_a_day_by_keys(marketer: Membership, page_of: PageOf) -> None:
    page = page_of(marketer)
    page.goto(MARCH)
    day(page, "2027-03-10").focus()

    page.keyboard.press("n")
    page.keyboard.type("Ask a curator")
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="Ask a curator")).to_be_focused()
    added = Post.objects.get()
    assert (added.planned_on, added.state) == (date(2027, 3, 10), PostState.DRAFT)


def test_idea_is_dropped_on_a_day(marketer: Membership, page_of: PageOf) -> None:
    idea = make_post(marketer, planned_on=None, planned_time=None)
    page = page_of(marketer)
    page.goto(MARCH)

    page.locator(f"#post-{idea.uid}").drag_to(day(page, "2027-03-10"))

    expect(page.get_by_text("was moved to Wed 10 Mar 2027, 09:00")).to_be_visible()
    idea.refresh_from_db()
    assert (idea.planned_on, idea.state) == (date(2027, 3, 10), PostState.DRAFT)


def test_full_day_opens_in_its_cell_and_closes(marketer: Membership, page_of: PageOf) -> None:
    for _number in range(7):
        make_post(marketer, planned_on=SATURDAY)
    page = page_of(marketer)
    page.goto(MARCH)
    cards = page.locator('[data-card-day="2027-03-27"]')
    expect(cards).to_have_count(4)

    page.get_by_text("3 more", exact=True).click()
    expect(cards).to_have_count(7)
    page.get_by_text("Show fewer", exact=True).click()

    expect(cards).to_have_count(4)


def test_phone_gets_the_agenda(marketer: Membership, page_of: PageOf) -> None:
    make_post(marketer, planned_on=SATURDAY)
    page = page_of(marketer, viewport={"width": 390, "height": 800})
    page.goto(MARCH)

    expect(page.locator("[data-agenda]").get_by_text("Winter lights")).to_be_visible()
    expect(page.locator("[data-grid]")).to_be_hidden()


@pytest.mark.parametrize("view", ["month/2027-03/", "agenda/?from=2027-03-01", "year/2027/"])
def test_phone_holds_a_campaign_with_a_long_name(
    view: str, marketer: Membership, page_of: PageOf
) -> None:
    strategy = make_strategy(marketer.workspace, ends_on=date(2027, 12, 31))
    campaign = {"name": "The dark week " * 6, "starts_on": SATURDAY, "ends_on": MONDAY}
    MarketingActivity.objects.create(strategy=strategy, **campaign)
    approve_answers(strategy, by=marketer)
    make_post(marketer, planned_on=SATURDAY)
    page = page_of(marketer, viewport={"width": 390, "height": 800})

    page.goto(f"/w/fjordlys/calendar/{view}")

    expect(page.locator("[data-campaign]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_phone_shows_where_a_post_stands_before_its_form(
    marketer: Membership, page_of: PageOf
) -> None:
    post = make_post(marketer, make_channel(marketer))
    page = page_of(marketer, viewport={"width": 390, "height": 800})

    page.goto(post.get_absolute_url())

    expect(page.get_by_role("button", name="Submit for approval")).to_be_in_viewport()


@pytest.mark.parametrize("posts", [0, 40, 120])
def test_month_is_printed_on_one_page(marketer: Membership, page_of: PageOf, posts: int) -> None:
    channel = make_channel(marketer)
    for number in range(posts):
        make_post(marketer, channel, planned_on=date(2027, 3, number % 30 + 1))
    page = page_of(marketer)
    page.goto(MARCH)

    paper = page.pdf(prefer_css_page_size=True, print_background=True)

    assert re.findall(rb"/Count (\d+)", paper) == [b"1"]
