"""The page and the server mean the same by the same text, and a refusal is told once."""

import unicodedata

import pytest
from playwright.sync_api import Page, Route, expect

from strategies.models import Audience, Strategy
from strategies.services.strategies import create_strategy
from tests.browser.conftest import PageOf
from tests.browser.test_questionnaire import is_autosave, saved
from tests.strategies.typed import add, question_url
from workspaces.models import Membership, Workspace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership) -> Strategy:
    return create_strategy(workspace, name="Spring", by=marketer.user)


def autosaves(page: Page) -> list[int]:
    """Return a list to which every autosave's status is added."""
    seen: list[int] = []
    page.on("response", lambda one: seen.append(one.status) if is_autosave(one) else None)
    return seen


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_refusal_for_good_is_told_and_sent_again_only_with_another_text(
    status: int, strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    page = page_of(marketer)
    page.goto(f"{question_url(strategy)}?open={row.uid}")
    seen = autosaves(page)

    def refuse(route: Route) -> None:
        route.fulfill(status=status, content_type="text/html", body="<p>No</p>")

    page.route("**/rows/**", refuse)
    name = page.get_by_label("Who are they?")

    name.fill("Not like this")
    expect(page.locator(".form-error")).to_contain_text("cannot be saved as it stands")
    expect(page.locator("[data-saved]")).to_contain_text("fix what is marked")
    name.blur()
    page.wait_for_timeout(3000)
    assert seen == [status]

    page.unroute_all()
    name.fill("Like this")
    saved(page)
    expect(page.locator(".form-error")).to_have_count(0)
    assert seen == [status, 200]


def test_a_refusal_at_a_field_is_sent_again_only_with_another_text(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    page = page_of(marketer)
    page.goto(f"{question_url(strategy)}?open={row.uid}")
    seen = autosaves(page)
    name = page.get_by_label("Who are they?")

    name.fill("x" * 161)
    expect(page.get_by_text("Keep this to 160 characters; it has 161 now.")).to_be_visible()
    name.blur()
    page.wait_for_timeout(2000)

    assert seen == [422]


def test_an_accent_in_another_form_is_no_change(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    decomposed = unicodedata.normalize("NFD", "été")
    Audience.objects.update(name=decomposed, needs="One\r\nTwo")
    page = page_of(marketer)
    page.goto(f"{question_url(strategy)}?open={row.uid}")
    seen = autosaves(page)

    page.get_by_label("Who are they?").fill("été")
    page.get_by_role("textbox", name="What matters to them?").fill("One\nTwo")
    page.wait_for_timeout(2500)

    assert seen == []
    assert Audience.objects.get().name == decomposed


def test_a_new_row_of_nothing_that_shows_is_not_made(
    strategy: Strategy, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer)
    page.goto(f"{question_url(strategy)}?add=audience")
    seen = autosaves(page)

    page.get_by_label("Who are they?").fill("\u200b\u2800\u3164\ufeff")
    page.wait_for_timeout(2500)

    assert seen == []
