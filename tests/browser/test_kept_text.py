"""What is typed into a long form comes back after the sign-in that stood in its way."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PageOf
from workspaces.models import Membership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_expired_session_keeps_what_was_sent_into_it(
    marketer: Membership, page_of: PageOf
) -> None:
    marketer.user.set_password("a long enough secret")
    marketer.user.save()
    page = page_of(marketer)
    page.goto("/w/fjordlys/channels/add/")
    page.get_by_label("What is it for?").fill("Opening hours, and what is new")
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="Add the channel").click()
    page.get_by_label("Email address").fill(marketer.user.email)
    page.get_by_label("Password", exact=True).fill("a long enough secret")
    page.get_by_role("button", name="Sign in").click()

    expect(page).to_have_url("/w/fjordlys/channels/add/")
    expect(page.get_by_label("What is it for?")).to_have_value("Opening hours, and what is new")
    expect(page.locator(".kept-note")).to_be_visible()


def test_text_of_a_conflict_is_on_offer_after_leaving_the_page(
    admin: Membership, page_of: PageOf
) -> None:
    here, there = page_of(admin), page_of(admin)
    for page in (here, there):
        page.goto("/w/fjordlys/settings/")
    there.get_by_label("Name").fill("Fjordlys")
    there.get_by_role("button", name="Save").click()
    expect(there.get_by_text("The settings are saved.")).to_be_visible()

    here.get_by_label("Name").fill("Lysfjord")
    here.get_by_role("button", name="Save", exact=True).click()
    expect(here.locator("[data-conflict]")).to_contain_text("Fjordlys")
    here.get_by_role("link", name="Channels").click()
    here.get_by_role("link", name="Settings").click()

    offer = here.locator(".kept-note")
    expect(offer).to_contain_text("Lysfjord")
    expect(here.get_by_label("Name")).to_have_value("Fjordlys")
    offer.get_by_role("button", name="Use it").click()
    here.get_by_role("button", name="Save", exact=True).click()
    expect(here.get_by_text("The settings are saved.")).to_be_visible()
    expect(here.get_by_label("Name")).to_have_value("Lysfjord")


def test_half_a_date_is_not_sent_as_none(
    admin: Membership, reader: Membership, page_of: PageOf
) -> None:
    page = page_of(admin)
    page.goto(f"/w/fjordlys/people/{reader.uid}/")
    page.get_by_label("External").check()
    page.get_by_label("Company").fill("Nordlicht")
    page.get_by_label("Until").focus()
    page.keyboard.type("12")

    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Finish this, or empty it.")).to_be_visible()
    expect(page.get_by_label("Until")).to_be_focused()
