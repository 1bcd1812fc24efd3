"""A line a channel: filled, taken to the others and back, with script and without."""

import re
from datetime import date, time

import pytest
from playwright.sync_api import Page, expect

from networks.models import Channel
from networks.services import add_channel
from strategies.models import ChannelStanding, ChannelWatch, Period, Strategy
from strategies.services.rows import save_row
from strategies.services.strategies import create_strategy
from tests.browser.conftest import PageOf
from tests.strategies.typed import question_url
from workspaces.models import Membership, Workspace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED = re.compile(r"Saved \d\d:\d\d")


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership) -> Strategy:
    for handle in ("@one", "@two", "@three"):
        add_channel(workspace, {"network": "x", "handle": handle}, by=marketer.user)
    return create_strategy(workspace, name="Spring", by=marketer.user)


def fill_first_line(page: Page, marketer: Membership) -> None:
    page.get_by_label("X: @one: owner").select_option(label=marketer.name)
    page.get_by_label("Followers: X: @one").fill("1 200")
    days = page.get_by_role("group", name="X: @one: watched on")
    for day in ("Mon", "Tue"):
        days.get_by_label(day).check()
    page.get_by_label("From: X: @one").fill("08:00")


def watches() -> list[tuple[tuple[str, ...], str]]:
    found = ChannelWatch.objects.in_order()
    return [(one.days, str(one.starts_at or "")) for one in found]


@pytest.mark.parametrize("with_script", [True, False])
def test_a_line_is_filled_taken_to_all_others_and_taken_back(
    strategy: Strategy, marketer: Membership, page_of: PageOf, with_script: bool
) -> None:
    page = page_of(marketer, java_script_enabled=with_script)
    page.goto(question_url(strategy, "ownership"))

    fill_first_line(page, marketer)
    if with_script:
        expect(page.locator("[data-saved]")).to_have_text(SAVED, timeout=20_000)
        expect(page.get_by_role("button", name="Save the table")).to_be_hidden()
    else:
        page.get_by_role("button", name="Save the table").click()
        expect(page.get_by_text("The table is saved.")).to_be_visible(timeout=20_000)
    assert watches() == [(("1", "2"), "08:00:00"), ((), ""), ((), "")]
    assert ChannelStanding.objects.in_order()[0].followers == 1200

    page.get_by_label("From: X: @one").fill("09:00")  # and pressed before it saved itself
    page.get_by_role("button", name=re.compile("The same for all.*@one")).click()
    expect(page.get_by_text("2 other channels have the owner, days and hours")).to_be_visible(
        timeout=20_000
    )
    assert watches() == [(("1", "2"), "09:00:00")] * 3
    assert set(Channel.objects.values_list("owner", flat=True)) == {marketer.pk}

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("as they were before")).to_be_visible(timeout=20_000)
    assert watches() == [(("1", "2"), "09:00:00"), ((), ""), ((), "")]
    assert Channel.objects.filter(owner=None).count() == 2


def test_two_changes_of_a_field_lead_to_the_question_which_of_them_stays(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer)
    page.goto(question_url(strategy, "ownership"))
    watch = ChannelWatch.objects.get(channel__handle="@one")
    values = {"starts_at": time(7)}
    save_row(watch, strategy=strategy, values=values, expected=watch.revision, by=marketer.user)

    page.get_by_label("From: X: @one").fill("09:00")
    page.get_by_role("button", name=re.compile("The same for all.*@one")).press("Enter")

    choice = page.locator("[data-conflict] input[type=radio]").first
    expect(choice).to_be_focused(timeout=20_000)
    assert watches()[1:] == [((), ""), ((), "")]


@pytest.mark.parametrize("with_script", [True, False])
def test_what_was_typed_for_a_closed_channel_is_shown_and_the_rest_saved(
    strategy: Strategy, marketer: Membership, page_of: PageOf, with_script: bool
) -> None:
    page = page_of(marketer, java_script_enabled=with_script)
    page.goto(question_url(strategy, "ownership"))
    Channel.objects.filter(handle="@one").update(state="closed")

    page.get_by_label("Followers: X: @one").fill("1200")
    page.get_by_label("Followers: X: @two").fill("7")
    if not with_script:
        page.get_by_role("button", name="Save the table").click()
    panel = page.get_by_role("alert").filter(has_text="X: @one was closed or removed")
    expect(panel).to_contain_text("1200", timeout=20_000)
    expect(page.get_by_text(SAVED)).to_have_count(0)
    assert not ChannelStanding.objects.filter(followers__isnull=False).exists()

    panel.get_by_role("button", name="Save the rest").click()
    told = page.locator("[data-saved]") if with_script else page.locator("#messages")
    expect(told).to_contain_text(SAVED if with_script else "The table is saved.", timeout=20_000)
    assert ChannelStanding.objects.get(followers__isnull=False).followers == 7


def test_not_known_yet_is_marked_in_the_menu_and_taken_back_at_its_field(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    watch = ChannelWatch.objects.in_order()[0]
    page = page_of(marketer)
    page.goto(f"{question_url(strategy, 'ownership')}?open={watch.uid}")
    form = page.locator("#open-form")

    form.locator("summary", has_text="Not known yet").press("Enter")
    form.locator("[data-unknown-menu] input[value=question_hours]").check()
    expect(page.locator("[data-saved]")).to_have_text(SAVED, timeout=20_000)
    watch.refresh_from_db()
    assert watch.not_known == ("question_hours",)

    taken_back = form.locator("[data-knowable=question_hours] input[name=not_known]")
    expect(taken_back).to_be_checked()
    with page.expect_response("**/rows/watch/**"):
        form.locator("input[name=question_hours]").fill("4")
    expect(form.locator("[data-unknown-menu] [data-unknown=question_hours]")).to_have_count(1)
    page.get_by_role("button", name=re.compile("^Done ?: watch$")).click()
    watch.refresh_from_db()
    assert (watch.not_known, watch.question_hours) == ((), 4)


def test_days_of_a_new_strategy_follow_its_name_and_its_name_the_days(
    workspace: Workspace, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer)
    page.goto(f"/w/{workspace.slug}/strategies/new/")
    name, first, last = (page.get_by_label(label, exact=True) for label in ("Name", "From", "To"))

    name.fill("Winter 2026/27")
    expect(first).to_have_value("2026-12-01")
    expect(last).to_have_value("2027-02-28")
    page.reload()
    first.fill("2027-01-01")
    last.fill("2027-06-30")
    expect(name).to_have_value("January to June 2027")
    name.fill("Our first half year")
    last.fill("2027-07-31")
    expect(name).to_have_value("Our first half year")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/first-pass/**")
    period = Period.objects.get(strategy__name="Our first half year")
    assert (period.starts_on, period.ends_on) == (date(2027, 1, 1), date(2027, 7, 31))
