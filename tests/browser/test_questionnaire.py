"""Answering the questions as people do: with a network that goes, in twos, without script, by keys."""

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, Response, Route, expect
from pytest_django.live_server_helper import LiveServer

from core.exceptions import Conflict
from strategies.models import (
    Audience,
    ContentPlan,
    Initiative,
    KeyMessage,
    Kpi,
    MarketingActivity,
    Period,
    Strategy,
)
from strategies.services.rows import remove_row, save_row
from strategies.services.strategies import create_strategy
from tests.browser.conftest import PageOf
from tests.strategies.typed import add, question_url
from workspaces.models import Membership, Workspace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED = re.compile(r"Saved \d\d:\d\d")
DONE = re.compile(r"^Done ?: audience$")


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership) -> Strategy:
    return create_strategy(workspace, name="Spring", by=marketer.user)


def saved(page: Page) -> None:
    """Wait until the page says so."""
    expect(page.locator("[data-saved]")).to_have_text(SAVED, timeout=20_000)


def opened_without_network(page: Page, strategy: Strategy, row: Audience) -> Locator:
    """Open a row whose saves get lost on the way; return the field of its name."""
    page.goto(f"{question_url(strategy)}?open={row.uid}")
    page.route("**/rows/**", lambda route: route.abort())
    return page.get_by_label("Who are they?")


def type_in_vain(page: Page, name: str) -> None:
    """Type a name, and wait until the page says that it could not be saved and is kept."""
    page.get_by_label("Who are they?").fill(name)
    expect(page.locator("[data-saved]")).to_contain_text("your text is safe", timeout=20_000)


def saved_meanwhile(row: Audience, *, by: Membership, **values: str) -> None:
    """Save the row from elsewhere; what a page sent while it was left may arrive at that moment."""
    for is_last in (False, True):
        row.refresh_from_db()
        try:
            save_row(row, strategy=row.strategy, values=values, expected=row.revision, by=by.user)
        except Conflict:
            if is_last:
                raise
        else:
            return


def test_what_is_typed_outlives_reload_and_a_lost_network(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer)
    page.goto(question_url(strategy))

    page.get_by_label("Who are they?").fill("Families 🚗")
    saved(page)
    assert Audience.objects.get().name == "Families 🚗"
    page.context.set_offline(True)
    page.get_by_label("What matters to them?").first.fill("A roof over the head")
    expect(page.locator("[data-saved]")).to_contain_text("your text is safe", timeout=20_000)
    page.context.set_offline(False)
    saved(page)
    assert Audience.objects.get().needs == "A roof over the head"

    page.get_by_role("link", name="2. Message").click()
    page.route("**/rows/**", lambda route: route.abort())
    page.get_by_label("What should they know or think?").fill("Come in your work clothes")
    page.get_by_role("button", name="Go to question 3").click()
    expect(page.locator("[data-saved]")).to_contain_text("your text is safe", timeout=20_000)
    page.reload()
    expect(page.get_by_label("What should they know or think?")).to_have_value(
        "Come in your work clothes"
    )
    page.unroute_all()
    saved(page)
    assert KeyMessage.objects.get().text == "Come in your work clothes"


def test_an_expired_session_keeps_what_was_typed(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    page = page_of(marketer)
    page.goto(f"{question_url(strategy)}?open={row.uid}")
    cookies = page.context.cookies()
    page.context.clear_cookies()

    page.get_by_label("Who are they?").fill("Typed too late")
    expect(page.locator("[data-saved]")).to_contain_text("signed out", timeout=20_000)
    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # what it gave it takes
    page.reload()

    expect(page.get_by_label("Who are they?")).to_have_value("Typed too late")
    saved(page)
    row.refresh_from_db()
    assert row.name == "Typed too late"


def test_what_the_button_found_wrong_stays_marked(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer)
    page.goto(f"{question_url(strategy)}?add=audience")
    needs = page.get_by_role("textbox", name="What matters to them?")
    needs.fill("Where do we park?")

    with page.expect_response(is_autosave):
        page.get_by_role("button", name=DONE).click()
    # The focus goes to the field, and leaving the button saves by itself once more.
    with page.expect_response(is_autosave):
        needs.fill("Where do we park? And when?")

    expect(page.get_by_text("Fill this in.")).to_be_visible()
    expect(page.get_by_label("Who are they?")).to_have_class(re.compile("is-invalid"))
    page.get_by_label("Who are they?").fill("Families")
    saved(page)
    expect(page.get_by_text("Fill this in.")).to_have_count(0)


def is_autosave(response: Response) -> bool:
    """Whether the page saved by itself, or was refused."""
    return response.request.method == "POST" and "x-autosave" in response.request.headers


def test_two_people_on_one_row_see_both_texts(
    strategy: Strategy, marketer: Membership, manager: Membership, page_of: PageOf
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    address = f"{question_url(strategy)}?open={row.uid}"
    mari, magnus = page_of(marketer), page_of(manager)
    mari.goto(address)
    magnus.goto(address)
    magnus.get_by_label("Who are they?").fill("Students")
    saved(magnus)

    mari.get_by_label("Who are they?").fill("Families")
    panel = mari.locator("[data-conflict]")
    expect(panel).to_contain_text("Magnus Manager changed this", timeout=20_000)
    expect(panel).to_contain_text("Students")
    row.refresh_from_db()
    assert row.name == "Students"
    panel.get_by_role("button", name="Save what I chose").click()
    saved(mari)
    row.refresh_from_db()
    assert row.name == "Families"

    magnus.get_by_label("Who are they?").fill("Everybody")
    panel = magnus.locator("[data-conflict]")
    expect(panel).to_contain_text("Mari Marketer changed this", timeout=20_000)
    panel.get_by_label("Saved meanwhile").check()
    panel.get_by_role("button", name="Save what I chose").click()
    expect(magnus.get_by_label("Who are they?")).to_have_value("Families")
    row.refresh_from_db()
    assert row.name == "Families"


def test_two_people_in_different_fields_of_one_row_are_never_asked(
    strategy: Strategy, marketer: Membership, manager: Membership, page_of: PageOf
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    address = f"{question_url(strategy)}?open={row.uid}"
    ingrid, amir = page_of(marketer), page_of(manager)
    ingrid.goto(address)
    amir.goto(address)
    needs = "A paragraph about what matters to families."
    ingrid.get_by_role("textbox", name="What matters to them?").fill(needs)
    saved(ingrid)

    amir.get_by_label("Who are they?").fill("Families")
    saved(amir)

    expect(amir.locator("[data-conflict]")).to_have_count(0)
    expect(amir.get_by_role("textbox", name="What matters to them?")).to_have_value(needs)
    row.refresh_from_db()
    assert (row.name, row.needs) == ("Families", needs)


def test_a_text_typed_while_another_one_arrives_is_asked_about(
    strategy: Strategy, marketer: Membership, manager: Membership, page_of: PageOf
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    page = page_of(marketer)
    page.goto(f"{question_url(strategy)}?open={row.uid}")
    saved_meanwhile(row, needs="Theirs", by=manager)
    needs = page.get_by_role("textbox", name="What matters to them?")

    def type_before_the_answer(route: Route) -> None:
        answer = route.fetch()
        page.evaluate("name => { document.forms['open-form'].elements.needs.value = name }", "Mine")
        route.fulfill(response=answer)

    page.route("**/rows/**", type_before_the_answer, times=1)
    page.get_by_label("Who are they?").fill("Families")

    panel = page.locator("[data-conflict]")
    expect(panel).to_contain_text("Theirs", timeout=20_000)
    expect(needs).to_have_value("Mine")
    panel.get_by_label("Saved meanwhile").check()
    expect(needs).to_have_value("Theirs")
    row.refresh_from_db()
    assert (row.name, row.needs) == ("Families", "Theirs")


@pytest.mark.parametrize("pause", [0, 200, 800])
def test_leaving_at_once_shows_the_new_answer_on_the_next_page(
    pause: int, strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    add(strategy, "audience", by=marketer.user)
    page = page_of(marketer)
    page.goto(question_url(strategy, "content"))
    page.get_by_label("Selling, percent").fill("20")
    page.get_by_label("Useful, percent").fill("40")
    page.get_by_label("Dialogue, percent").fill("40")
    page.wait_for_timeout(pause)

    page.get_by_role("link", name="Spring").click()
    page.wait_for_url(re.compile(r"/strategies/[^/]+/$"))

    expect(page.get_by_text("Selling 20").first).to_be_visible()
    assert ContentPlan.objects.get().promotional == 20


def test_what_cannot_be_right_is_told_before_one_goes_on(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer)
    page.goto(question_url(strategy, "begin"))
    page.get_by_label("From", exact=True).fill("2027-06-01")
    page.get_by_label("To", exact=True).fill("2027-01-31")

    page.get_by_role("link", name="1. Audience").click()

    expect(page.get_by_text("Choose a day on or after the first day.")).to_be_visible()
    expect(page.get_by_label("To", exact=True)).to_be_focused()
    page.get_by_label("To", exact=True).fill("2027-12-31")
    page.get_by_role("link", name="1. Audience").click()
    page.wait_for_url(re.compile("/audience/"))


def test_what_was_stored_and_is_refused_by_now_says_so_while_something_else_is_typed(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    figure = add(strategy, "kpi", by=marketer.user, metric="answered", direction="up", target=80)
    Kpi.objects.update(target=250)  # as an older release let it be saved
    page = page_of(marketer)
    page.goto(f"{question_url(strategy, 'measurement')}?open={figure.uid}")

    page.get_by_label("Read where?").fill("The monthly report")
    page.keyboard.press("Tab")

    expect(page.get_by_text("This is a part of a whole in percent.")).to_be_visible(timeout=20_000)
    page.get_by_role("textbox", name="Target", exact=True).fill("90")
    page.keyboard.press("Tab")
    saved(page)
    assert Kpi.objects.get().source == "The monthly report"


def type_half_a_date(page: Page, label: str) -> None:
    """Empty the month of a date that stands there."""
    page.get_by_label(label, exact=True).focus()
    page.keyboard.press("Backspace")


def test_half_a_date_is_no_empty_date(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer)
    page.goto(question_url(strategy, "begin"))
    page.get_by_label("From", exact=True).fill("2027-01-01")
    page.get_by_label("To", exact=True).fill("2027-06-30")
    saved(page)

    type_half_a_date(page, "To")
    page.wait_for_timeout(2_000)
    assert str(Period.objects.get().ends_on) == "2027-06-30"
    page.get_by_role("link", name="1. Audience").click()

    expect(page.get_by_text("Finish this, or empty it.")).to_be_visible()
    assert str(Period.objects.get().ends_on) == "2027-06-30"
    page.get_by_label("To", exact=True).fill("2027-07-31")
    page.get_by_role("link", name="1. Audience").click()
    page.wait_for_url(re.compile("/audience/"))
    assert str(Period.objects.get().ends_on) == "2027-07-31"


def test_text_that_arrived_while_leaving_is_not_called_unsaved(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    page = page_of(marketer)
    name = opened_without_network(page, strategy, row)
    type_in_vain(page, "Families")
    saved_meanwhile(row, name="Families", by=marketer)  # what was sent while leaving

    page.unroute_all()
    page.goto(question_url(strategy))
    expect(page.get_by_role("heading", name="Families")).to_be_visible()
    page.wait_for_load_state("networkidle")

    expect(page.locator(".kept-note")).to_have_count(0)
    expect(name).to_have_count(0)


def test_text_typed_into_a_removed_row_is_on_offer_after_a_reload(
    strategy: Strategy, marketer: Membership, manager: Membership, page_of: PageOf
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    page = page_of(marketer)
    page.goto(f"{question_url(strategy)}?open={row.uid}")
    remove_row(row, strategy=strategy, by=manager.user)
    page.get_by_label("Who are they?").fill("Families with prams")
    expect(page.locator("[data-saved]")).to_contain_text("was removed", timeout=20_000)

    page.reload()
    page.get_by_role("link", name="Show that text").click()
    expect(page.get_by_label("Who are they?")).to_have_value("Families with prams")
    page.get_by_role("button", name="Bring it back and save").click()

    expect(page.get_by_role("heading", name="Families with prams")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Show that text")).to_have_count(0)


def test_going_back_brings_no_old_text_over_what_somebody_saved(
    strategy: Strategy, marketer: Membership, manager: Membership, page_of: PageOf
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    mari = page_of(marketer)
    mari.goto(f"{question_url(strategy)}?open={row.uid}")
    mari.get_by_label("Who are they?").fill("Families")
    mari.get_by_role("textbox", name="What matters to them?").fill("Where do we park?")
    saved(mari)
    mari.get_by_role("link", name="2. Message").click()
    saved_meanwhile(row, name="Students", needs="Is it free?", by=manager)

    mari.go_back()
    expect(mari.get_by_label("Who are they?")).to_have_value("Students")
    expect(mari.get_by_role("textbox", name="What matters to them?")).to_have_value("Is it free?")
    with mari.expect_response(is_autosave):
        mari.get_by_label("Who are they?").press("End")
        mari.get_by_label("Who are they?").press_sequentially(" of today")
        mari.get_by_role("textbox", name="What matters to them?").focus()

    row.refresh_from_db()
    assert (row.name, row.needs) == ("Students of today", "Is it free?")


def test_what_was_sent_while_leaving_is_no_collision_with_oneself(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    page = page_of(marketer)
    name = opened_without_network(page, strategy, row)
    type_in_vain(page, "Families")
    page.reload()
    expect(name).to_have_value("Families")
    # The save of the page that was left arrives after the new page was made.
    saved_meanwhile(row, name="Families", by=marketer)

    page.unroute_all()
    name.fill("Families with prams")

    saved(page)
    expect(page.locator("[data-conflict]")).to_have_count(0)
    row.refresh_from_db()
    assert row.name == "Families with prams"


def test_text_typed_between_two_reloads_is_still_there(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    page = page_of(marketer)
    name = opened_without_network(page, strategy, row)
    for typed in ("Families", "Families with prams"):
        type_in_vain(page, typed)
        page.reload()
        expect(name).to_have_value(typed)
    # What was sent while leaving for the first time arrives now.
    saved_meanwhile(row, name="Families", by=marketer)
    page.reload()

    expect(name).to_have_value("Families with prams")
    page.unroute_all()
    saved(page)
    row.refresh_from_db()
    assert row.name == "Families with prams"


def test_kept_text_stays_on_offer_until_somebody_chooses(
    strategy: Strategy, marketer: Membership, manager: Membership, page_of: PageOf
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    page = page_of(marketer)
    name = opened_without_network(page, strategy, row)
    type_in_vain(page, "Families")
    saved_meanwhile(row, name="Students", by=manager)
    page.unroute_all()
    page.reload()
    offer = page.locator(".kept-note")
    expect(offer).to_contain_text("Families")

    name.fill("Students of today")
    saved(page)
    expect(offer).to_contain_text("Families")
    page.reload()
    expect(offer).to_contain_text("Families")
    offer.get_by_role("button", name="Throw away").click()
    page.reload()

    expect(offer).to_have_count(0)
    expect(name).to_have_value("Students of today")


def test_what_was_kept_once_hides_nobody_elses_save(
    strategy: Strategy, marketer: Membership, manager: Membership, page_of: PageOf
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    page = page_of(marketer)
    name = opened_without_network(page, strategy, row)
    type_in_vain(page, "Families")
    page.reload()
    page.unroute_all()
    saved(page)
    with page.expect_response(is_autosave):
        name.fill("Families with prams")
    # Somebody takes back to the very words that this page began with.
    saved_meanwhile(row, name="Families", by=manager)

    name.fill("Families with prams and dogs")

    expect(page.locator("[data-conflict]")).to_contain_text("changed this", timeout=20_000)
    row.refresh_from_db()
    assert row.name == "Families"


def test_everything_goes_without_script(
    strategy: Strategy, marketer: Membership, manager: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer, java_script_enabled=False)
    page.goto(question_url(strategy))
    page.get_by_label("Who are they?").fill("Families")
    page.get_by_text("Add more:").click()
    page.get_by_label("Roughly how many?").first.fill("1.234,5")
    page.get_by_role("button", name="Add another").click()
    expect(page.get_by_role("alert")).to_contain_text("Write a whole number")
    expect(page.get_by_label("Who are they?")).to_have_value("Families")
    page.get_by_label("Roughly how many?").first.fill("1 200")
    page.get_by_role("button", name="Add another").click()
    page.get_by_label("Who are they?").fill("Students")
    page.get_by_role("button", name=DONE).click()

    page.get_by_role("button", name="Move Students up").click()
    page.get_by_text("Paste several lines").first.click()
    page.get_by_label("One on each line").first.fill("- Teachers\n- Cruise guests")
    page.get_by_role("button", name="Add these lines").first.click()
    page.get_by_role("link", name="Edit Teachers").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Removed: Teachers.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    names = page.locator(".row-top h3")
    expect(names).to_have_text(["Students", "Families", "Teachers", "Cruise guests"])

    families = Audience.objects.get(name="Families")
    assert families.size == 1200
    page.get_by_role("link", name="Edit Families").click()
    other = page_of(manager, java_script_enabled=False)
    other.goto(page.url)
    other.get_by_label("Who are they?").fill("Families with children")
    other.get_by_role("button", name=DONE).click()
    page.get_by_label("Who are they?").fill("Parents")
    page.get_by_role("button", name=DONE).click()
    expect(page.get_by_text("Magnus Manager changed this")).to_be_visible()
    page.get_by_role("button", name="Save what I chose").click()
    families.refresh_from_db()
    assert families.name == "Parents"

    page.goto(question_url(strategy, "content"))
    page.get_by_role("button", name="20 selling, 40 useful, 40 dialogue").click()
    expect(page.get_by_text("Together 100 percent")).to_be_visible()
    assert ContentPlan.objects.get().informative == 40
    page.get_by_role("button", name="Go to question 5").click()
    page.get_by_role("button", name="Not known yet").click()
    expect(page.get_by_role("heading", name="You answered: not known yet")).to_be_visible()


def press_to(page: Page, name: "str | re.Pattern[str]", role: Any = "button") -> None:
    """Press Tab until the control has the focus."""
    wanted = page.get_by_role(role, name=name).first
    for _turn in range(120):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is not reached by Tab")


def test_keys_alone_answer_a_question(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer)
    page.goto(question_url(strategy))

    press_to(page, "Who are they?", "textbox")
    page.keyboard.type("Families")
    press_to(page, "Instagram", "checkbox")
    page.keyboard.press("Space")
    press_to(page, "Add another")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("add=audience"))
    press_to(page, "Who are they?", "textbox")
    page.keyboard.type("Students")
    press_to(page, DONE)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("saved="))
    press_to(page, "Move Students up")
    with page.expect_response(re.compile("/move/")):
        page.keyboard.press("Enter")
    expect(page.locator(".row-top h3")).to_have_text(["Students", "Families"])
    expect(page.get_by_role("button", name="Move Students down")).to_be_focused()

    names = Audience.objects.order_by("position").values_list("name", "networks")
    assert list(names) == [("Students", ()), ("Families", ("instagram",))]


def test_a_move_that_is_refused_says_why_and_takes_those_behind_it_back(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    rows = [
        add(strategy, "audience", by=marketer.user, name=name)
        for name in ("Families", "Students", "Teachers")
    ]
    page = page_of(marketer)
    page.goto(question_url(strategy))
    remove_row(rows[0], strategy=strategy, by=marketer.user)

    down = page.get_by_role("button", name="Move Families down")
    down.click()
    down.click()
    expect(page.locator("#messages")).to_contain_text("This was removed meanwhile")
    expect(page.locator(".row-top h3")).to_have_text(["Families", "Students", "Teachers"])
    with page.expect_response(re.compile("/move/")):
        page.get_by_role("button", name="Move Teachers up").click()
    expect(page.locator(".row-top h3")).to_have_text(["Families", "Teachers", "Students"])

    page.reload()
    expect(page.locator(".row-top h3")).to_have_text(["Teachers", "Students"])


def test_the_mix_is_filled_by_one_press_and_its_sum_is_told(
    strategy: Strategy, marketer: Membership, page_of: PageOf, live_server: LiveServer
) -> None:
    page = page_of(marketer)
    page.goto(question_url(strategy, "content"))

    page.get_by_role("button", name="34 selling, 33 useful, 33 dialogue").click()
    expect(page.get_by_text("Together 100 percent", exact=True)).to_be_visible()
    page.get_by_label("Selling, percent").fill("40")
    expect(page.get_by_text("Together 106 percent; it must be 100")).to_be_visible()
    saved(page)

    page.get_by_label("Selling, percent").blur()
    assert ContentPlan.objects.get().promotional == 40


def test_the_focus_stays_where_the_work_is(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    for name in ("Families", "Students"):
        add(strategy, "audience", by=marketer.user, name=name)
    page = page_of(marketer, viewport={"width": 1280, "height": 420})
    page.goto(question_url(strategy))

    page.get_by_role("link", name="Edit Students").click()
    page.get_by_label("Who are they?").fill("Pupils")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Edit Pupils")).to_be_focused()

    page.keyboard.press("Enter")
    page.get_by_role("button", name="Remove").press("Enter")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    expect(undo).to_be_in_viewport()

    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Edit Pupils")).to_be_focused()


def opened_to_add(page: Page, strategy: Strategy, kind: str) -> Locator:
    """Open an empty row of a kind with all that stands under *add more*."""
    url = reverse("strategies:row_add", args=[strategy.workspace.slug, strategy.uid, kind])
    page.goto(url)
    form = page.locator("#open-form")
    form.locator("details.fold > summary").click()
    return form


def test_a_figure_is_asked_only_what_applies_to_it(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    form = opened_to_add(page_of(marketer), strategy, "kpi")
    name, direction, family = (
        form.locator(f"[name={field}]") for field in ("name", "direction", "family")
    )

    expect(name).to_be_visible()
    form.locator("[name=metric]").select_option("reach")
    expect(name).to_be_hidden()
    expect(family).to_be_hidden()
    expect(direction).to_be_visible()

    form.locator("[name=metric]").select_option("own")
    name.fill("Bookings")
    form.locator("[name=is_sign]").check()
    expect(direction).to_be_hidden()

    form.locator("[name=metric]").select_option("reach")
    expect(name).to_be_visible()  # what says something stays in sight
    expect(name).to_have_value("Bookings")


def test_a_month_is_chosen_or_pasted_as_a_date(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer)
    form = opened_to_add(page, strategy, "activity")
    form.get_by_label("What is it?").fill("Winter lights")
    first, last = form.locator("[name=starts_on]"), form.locator("[name=ends_on]")
    months = form.locator("select[data-by-month]")
    chosen = months.first.locator("option").nth(3)
    month = str(chosen.get_attribute("value"))

    months.first.select_option(month)
    expect(first).to_have_value(f"{month}-01")
    expect(months.first).to_have_value("")

    paste = """(field, text) => {
        const data = new DataTransfer();
        data.setData("text", text);
        field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }"""
    last.evaluate(paste, chosen.inner_text())
    expect(last).to_have_value(str(months.last.locator("option").nth(3).get_attribute("data-day")))
    saved(page)

    activity = MarketingActivity.objects.get(strategy=strategy)
    assert str(activity.starts_on) == f"{month}-01"
    assert activity.ends_on is not None
    assert str(activity.ends_on)[:7] == month


def test_a_month_is_chosen_without_script(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer, java_script_enabled=False)
    form = opened_to_add(page, strategy, "initiative")
    form.get_by_label("What will you do?").fill("Open the café")
    month = str(form.locator("select[data-by-month] option").nth(3).get_attribute("value"))
    form.locator("select[data-by-month]").select_option(month)
    form.get_by_role("button", name=re.compile("^Done")).click()

    initiative = Initiative.objects.get(strategy=strategy)
    assert initiative.due_on is not None
    assert str(initiative.due_on)[:7] == month
    assert initiative.due_on.day >= 28
