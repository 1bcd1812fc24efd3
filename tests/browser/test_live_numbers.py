"""The numbers beside Today and the bell, in a page that stays open."""

import pytest
from playwright.sync_api import expect

from notifications.services import notify
from tests.browser.conftest import PageOf
from tests.strategies.approved import make_strategy, make_version
from workspaces.models import Membership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_bell_and_number_change_in_a_page_that_stays_open(
    marketer: Membership, manager: Membership, page_of: PageOf
) -> None:
    page = page_of(manager)
    page.clock.install()
    with page.expect_response("**/numbers/"):
        page.goto("/w/fjordlys/people/")
    expect(page.locator("#bell-number")).to_have_text("Notices")
    expect(page.locator("#todo-number")).to_have_text("")

    make_version(make_strategy(manager.workspace), by=marketer)
    notify(
        workspace=manager.workspace,
        recipients=[manager.user],
        kind="members.joined",
        source="somebody",
        params={"name": "Somebody", "role": "reader"},
    )
    page.clock.fast_forward(61_000)

    expect(page.locator("#bell-number .bell-count")).to_have_text("1")
    expect(page.locator("#todo-number")).to_have_text("1 waiting")
