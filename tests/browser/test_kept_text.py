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
    page.get_by_label("E-mail address").fill(marketer.user.email)
    page.get_by_label("Password", exact=True).fill("a long enough secret")
    page.get_by_role("button", name="Sign in").click()

    expect(page).to_have_url("/w/fjordlys/channels/add/")
    expect(page.get_by_label("What is it for?")).to_have_value("Opening hours, and what is new")
    expect(page.locator(".kept-note")).to_be_visible()
