"""What the pages of an archived strategy say, and what they no longer offer."""

from datetime import date

import pytest
from django.urls import reverse

from core.findings import Severity
from strategies.enums import StrategyState, VersionState
from strategies.models import Period, Strategy
from strategies.services.strategies import create_strategy
from tests.conftest import ClientAs
from tests.strategies.approved import make_version
from workspaces.models import Membership, Workspace

PAGES = {
    "summary": [],
    "question": ["begin"],
    "document": [],
    "matrix": [],
    "versions": [],
    "submit": [],
}
TOLD = "This strategy is archived: it can be read, but not changed or submitted."


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership) -> Strategy:
    """With a period that has no day yet, which must be fixed."""
    return create_strategy(workspace, name="An idea", by=marketer.user)


def address(strategy: Strategy, name: str) -> str:
    return reverse(f"strategies:{name}", args=["fjordlys", strategy.uid, *PAGES[name]])


@pytest.mark.parametrize("name", PAGES)
def test_page_of_an_archived_strategy_says_so_and_offers_to_reopen_it(
    name: str, strategy: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    client, reopen = (
        client_as(marketer),
        reverse("strategies:reopen", args=["fjordlys", strategy.uid]),
    )
    url = address(strategy, name)

    before = client.get(url).content.decode()
    Strategy.objects.update(state=StrategyState.ARCHIVED)
    after = client.get(url).content.decode()

    assert TOLD not in before
    assert reopen not in before
    assert after.count(TOLD) == 1
    assert after.count(reopen) == 1


@pytest.mark.parametrize("name", [name for name in PAGES if name != "submit"])
def test_reader_is_told_and_offered_nothing(
    name: str, strategy: Strategy, reader: Membership, client_as: ClientAs
) -> None:
    Strategy.objects.update(state=StrategyState.ARCHIVED)

    shown = client_as(reader).get(address(strategy, name)).content.decode()

    assert TOLD in shown
    assert "/reopen/" not in shown


@pytest.mark.parametrize("name", [name for name in PAGES if name not in {"document", "matrix"}])
def test_nothing_is_asked_that_cannot_be_done(
    name: str, strategy: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    client, url = client_as(marketer), address(strategy, name)
    asked = [str(Severity.BLOCKER.label), "To look at", "must be fixed", "go on editing"]
    submit = f'href="{address(strategy, "submit")}"'

    before = client.get(url).content.decode()
    Strategy.objects.update(state=StrategyState.ARCHIVED)
    after = client.get(url).content.decode()

    assert any(words in before for words in [*asked, submit])
    assert [words for words in [*asked, submit] if words in after] == []


def test_version_of_an_archived_strategy_leads_to_no_answers(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    Period.objects.update(starts_on=date(2026, 12, 1), ends_on=date(2027, 5, 31))
    version = make_version(
        strategy, by=marketer, state=VersionState.CHANGES_REQUESTED, decided_by=manager.user
    )
    client, url = client_as(marketer), version.get_absolute_url()
    leads_on = f"{address(strategy, 'question').removesuffix('begin/')}"

    before = client.get(url).content.decode()
    Strategy.objects.update(state=StrategyState.ARCHIVED)
    after = client.get(url).content.decode()

    assert "Change the answers" in before
    assert leads_on in before
    assert TOLD in after
    assert "Change the answers" not in after
    assert leads_on not in after
