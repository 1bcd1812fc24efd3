"""People's tasks with the content calendar, each from end to end."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from activity.models import Record
from content_calendar.enums import PostState
from content_calendar.models import Post
from content_calendar.services.approval import schedule_post
from networks.models import Channel
from strategies.models import PostKind
from tests.browser.conftest import PageOf
from tests.content_calendar.calendar_of import make_channel, make_post
from tests.strategies.approved import approve_answers, make_strategy
from workspaces.models import Membership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SUNDAY = datetime(2026, 11, 29, 11, tzinfo=UTC)  # noon in Oslo; week 49 begins tomorrow
CALENDAR = "/w/fjordlys/calendar/"
DECEMBER = f"{CALENDAR}month/2026-12/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(SUNDAY) as clock:
        yield clock


@pytest.fixture
def channel(marketer: Membership) -> Channel:
    return make_channel(marketer)


def text_of(page: Page) -> str:
    return page.get_by_label("Text", exact=True).input_value()


def test_month_is_planned_from_the_approved_strategy_until_it_is_on_target(
    marketer: Membership, channel: Channel, page_of: PageOf
) -> None:
    strategy = make_strategy(marketer.workspace)
    three_a_week = {"lowest": 3, "highest": 3, "days": ["5"], "times": [time(17)]}
    PostKind.objects.create(strategy=strategy, channel=channel, **three_a_week)
    approve_answers(strategy, by=marketer)
    useful, selling = {"category": "informative"}, {"category": "promotional"}
    for week, both in enumerate(([selling, useful],) * 3 + ([useful, {"category": "engagement"}],)):
        for day, values in zip((1, 3), both, strict=True):
            planned_on = date(2026, 12, day) + timedelta(weeks=week)
            make_post(marketer, channel, planned_on=planned_on, **values)
    page = page_of(marketer)
    page.goto(DECEMBER)
    balance = page.get_by_role("complementary", name="How the calendar stands")
    expect(balance).to_contain_text("8 posts in December: dialogue 12\u00a0%, 28 points")
    expect(balance).to_contain_text("Plan 2 dialogue posts next.")

    # What is suggested, twice.
    for number, friday in ((49, "2026-12-04"), (50, "2026-12-11")):
        expect(balance).to_contain_text(f"Dialogue on Instagram, week {number}.")
        balance.get_by_role("button", name="Plan this post").first.click()
        expect(page.get_by_text("The post stands in the calendar.")).to_be_visible()
        expect(page.get_by_label("Day", exact=True)).to_have_value(friday)
        expect(page.get_by_label("Dialogue")).to_be_checked()
        page.get_by_label("Text", exact=True).fill(f"Which lamp is this? {number}")
        page.get_by_role("button", name="Save the post").click()
        expect(page.get_by_text("was saved.")).to_be_visible()
        page.goto(DECEMBER)

    # One of one's own, in one line on a day.
    page.locator('[data-grid-day="2026-12-18"]').focus()
    page.keyboard.press("n")
    page.keyboard.type("Where were you in 1952?")
    page.keyboard.press("Enter")
    expect(balance).to_contain_text("1 post has no category and is not counted.")
    page.get_by_role("link", name="Where were you in 1952?").click()
    page.get_by_label("Dialogue").check()
    page.get_by_role("checkbox", name="Instagram").check()
    page.get_by_role("button", name="Save the post").click()
    expect(page.get_by_text("was saved.")).to_be_visible()

    page.goto(DECEMBER)
    expect(balance).to_contain_text("11 posts in December: on target.")
    expect(balance.get_by_text("not counted")).to_have_count(0)
    expect(balance.locator(".cad-right").first).to_be_visible()


def test_post_of_a_contributor_goes_from_idea_to_published(
    contributor: Membership,
    marketer: Membership,
    manager: Membership,
    channel: Channel,
    page_of: PageOf,
) -> None:
    chris, magnus = page_of(contributor), page_of(manager, viewport={"width": 390, "height": 844})

    # Chris has an idea, gives it a day and a channel, and submits it.
    chris.goto(CALENDAR)
    chris.get_by_label("New idea").fill("The lamp room at night")
    chris.get_by_label("New idea").press("Enter")
    chris.get_by_role("link", name="idea The lamp room at night").click()
    chris.get_by_label("Day", exact=True).fill("2026-12-01")
    chris.get_by_role("checkbox", name="Instagram").check()
    chris.get_by_label("Useful").check()
    chris.get_by_role("button", name="Save the post").click()
    chris.get_by_role("button", name="Submit for approval").click()
    expect(chris.locator("#state")).to_contain_text("waits for approval by Magnus Manager")
    post = Post.objects.get()

    # Magnus, on a phone, asks for a change; he must say which.
    magnus.goto("/w/fjordlys/")
    todo = magnus.get_by_role("listitem").filter(has_text="Approve “The lamp room at night”")
    todo.get_by_role("link", name="Review").click()
    magnus.get_by_role("button", name="Ask for changes").click()
    expect(magnus.get_by_role("alert")).to_contain_text("Say what should change.")
    magnus.get_by_label("Comment").first.fill("Say when the doors open.")
    magnus.get_by_role("button", name="Ask for changes").click()
    expect(magnus.locator("#state")).to_contain_text("Changes requested")

    # Chris makes it.
    chris.goto(post.get_absolute_url())
    expect(chris.locator("#state").get_by_text("Say when the doors open.")).to_be_visible()
    chris.get_by_label("Text", exact=True).fill("The lamp room at night, from 18.")
    chris.get_by_role("button", name="Save the post").click()
    chris.get_by_role("button", name="Submit for approval").click()
    expect(chris.locator("#state")).to_contain_text("In review")
    magnus.goto(post.get_absolute_url())
    magnus.get_by_role("link", name="Review it").click()
    magnus.get_by_role("button", name="Approve", exact=True).click()
    expect(magnus.locator("#state")).to_contain_text("Approved")

    # Mari changes the text of what was approved, so it is asked again.
    mari = page_of(marketer)
    mari.goto(post.get_absolute_url())
    mari.get_by_label("Text", exact=True).fill("The lamp room at night, from 19.")
    mari.get_by_role("button", name="Save the post").click()
    expect(mari.locator("#state")).to_contain_text("Approved before the change")
    magnus.goto(f"{post.get_absolute_url()}review/")
    change = magnus.locator(".change")
    expect(change.locator("del")).to_contain_text("18.")
    expect(change.locator("ins")).to_contain_text("19.")
    magnus.get_by_role("button", name="Approve", exact=True).click()
    expect(magnus.locator("#state")).to_contain_text("Approved")

    # Chris publishes it.
    chris.goto(post.get_absolute_url())
    chris.get_by_role("button", name="Schedule it").click()
    expect(chris.locator("#state")).to_contain_text("Scheduled")
    chris.get_by_text("Going out: texts to copy").click()
    expect(chris.get_by_label("Text to copy")).to_have_value("The lamp room at night, from 19.")
    chris.get_by_label("Address of the published post").fill("https://instagram.example/p/1")
    chris.get_by_role("button", name="It is published").click()
    expect(chris.locator("#state")).to_contain_text("It is out on every channel.")
    expect(chris.get_by_role("link", name="See the published post")).to_have_attribute(
        "href", "https://instagram.example/p/1"
    )
    post.refresh_from_db()
    assert post.state == PostState.PUBLISHED


def test_two_people_in_one_post_keep_both_texts_and_are_asked_about_one_field(
    marketer: Membership, manager: Membership, channel: Channel, page_of: PageOf
) -> None:
    post = make_post(marketer, channel, planned_on=date(2026, 12, 1))
    mari, magnus = page_of(marketer), page_of(manager)
    for page in (mari, magnus):
        page.goto(post.get_absolute_url())

    mari.get_by_label("Text", exact=True).fill("Winter lights open at five.")
    mari.get_by_label("Day", exact=True).fill("2026-12-02")
    mari.get_by_role("button", name="Save the post").click()
    expect(mari.get_by_text("was saved.")).to_be_visible()
    magnus.get_by_label("Text", exact=True).fill("Winter lights: come early.")
    magnus.get_by_label("Dialogue").check()
    magnus.get_by_role("button", name="Save the post").click()

    conflict = magnus.locator("[data-conflict]")
    expect(conflict).to_contain_text("Mari Marketer changed this")
    expect(conflict.locator("fieldset")).to_have_count(1)
    expect(conflict).to_contain_text("Winter lights open at five.")
    assert text_of(magnus) == "Winter lights: come early."
    assert Post.objects.get().text == "Winter lights open at five."

    conflict.get_by_label("Saved meanwhile").check()
    conflict.get_by_role("button", name="Save what I chose").click()
    expect(magnus.get_by_text("was saved.")).to_be_visible()
    post.refresh_from_db()
    assert (post.text, post.category) == ("Winter lights open at five.", "engagement")
    assert post.planned_on == date(2026, 12, 2)

    # What was not chosen stands in the history.
    assert Record.objects.filter(verb="content_calendar.post_conflict").count() == 1
    magnus.get_by_role("link", name="See what changed").click()
    expect(magnus.get_by_text("Winter lights: come early.").first).to_be_visible()


def test_posts_are_handed_over_asked_about_and_the_answer_taken_back(
    marketer: Membership, channel: Channel, page_of: PageOf, clock: time_machine.Traveller
) -> None:
    for name in ("First", "Second", "Third"):
        post = make_post(marketer, channel, text=name, planned_on=date(2026, 12, 1))
        schedule_post(post, by=marketer.user)
    page = page_of(marketer)

    # They lie in another tool now.
    page.goto(f"{CALENDAR}hand-over/")
    for name in ("First", "Second", "Third"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_label("Tool", exact=True).select_option("Buffer")
    page.get_by_role("button", name="Hand them over").click()
    expect(page.get_by_text("3 posts lie in Buffer now.")).to_be_visible()

    # Their time has passed: Today asks once for all of them.
    clock.move_to(SUNDAY + timedelta(days=3))
    page.goto("/w/fjordlys/")
    todo = page.get_by_role("listitem").filter(has_text="3 posts should be out")
    expect(todo).to_contain_text("Say whether Buffer published them.")
    todo.get_by_role("link", name="Answer").click()
    page.get_by_role("checkbox", name="Second").check()
    page.get_by_role("button", name="All but those I ticked went out").click()
    said = "2 posts are marked as published. 1 did not go out and is published by hand."
    expect(page.get_by_text(said)).to_be_visible()
    assert states() == {"First": "published", "Second": "scheduled", "Third": "published"}

    # That was wrong.
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("3 posts are as they were.")).to_be_visible()
    assert set(states().values()) == {PostState.HANDED_OVER}

    page.get_by_role("button", name="All went out").click()
    expect(page.get_by_text("3 posts are marked as published.")).to_be_visible()
    assert set(states().values()) == {PostState.PUBLISHED}


def states() -> dict[str, str]:
    return dict(Post.objects.values_list("text", "state"))
