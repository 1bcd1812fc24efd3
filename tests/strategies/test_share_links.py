"""Links by which somebody without an account reads one version."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from activity.models import Record
from core.exceptions import Refusal
from strategies.enums import VersionState
from strategies.formats import FORMATS
from strategies.models import KeyMessage, ShareLink, Strategy, StrategyVersion
from strategies.models.share_link import token_hash
from strategies.services.share_links import create_link, link_of, note_opened, revoke_link
from strategies.services.versions import approve, submit_strategy, withdraw
from tests.strategies.answers_of import complete
from tests.strategies.stored import store
from workspaces.models import Membership, Workspace

ClientAs = Callable[[Membership | User], Client]


@pytest.fixture(autouse=True)
def _today(db: None) -> Iterator[None]:
    cache.clear()
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def version(workspace: Workspace, marketer: Membership, manager: Membership) -> StrategyVersion:
    """Approved; the working answers say something else by now."""
    strategy = Strategy.objects.create(workspace=workspace, name="Autumn and winter")
    store(complete(), strategy, {"p-ingrid": manager, "p-amir": marketer})
    made = submit_strategy(strategy, reviewers=[manager], note="Between us", by=marketer.user)
    approve(made, comments={}, text="Well", next_review_on=date(2027, 4, 1), by=manager.user)
    KeyMessage.objects.filter(strategy=strategy).update(text="Not approved yet")
    return StrategyVersion.objects.get(pk=made.pk)


@pytest.fixture
def link(version: StrategyVersion, manager: Membership) -> ShareLink:
    return create_link(version, label="The board", days=30, by=manager.user)


def list_of(version: StrategyVersion) -> str:
    strategy = version.strategy
    return reverse("strategies:links", args=[strategy.workspace.slug, strategy.uid, version.number])


def pages_of(link: ShareLink) -> list[str]:
    """Every address that the link opens."""
    return [
        link.path,
        reverse("shared:sheet", args=[link.token]),
        *(
            reverse(f"shared:{what}", args=[link.token, one.code])
            for what in ("document_file", "sheet_file")
            for one in FORMATS
            if not one.missing()
        ),
    ]


# --- making and ending ----------------------------------------------------------------------------


def test_link_stores_a_hash_of_256_bits_and_says_so_in_the_log(link: ShareLink) -> None:
    assert len(link.token) == 43
    assert link.token_hash == token_hash(link.token)
    stored = ShareLink.objects.filter(pk=link.pk).values().get()
    assert link.token not in str(stored)
    assert link.expires_at == timezone.now() + timedelta(days=30)
    record = Record.objects.get(verb="strategies.link_made")
    assert record.label == "Autumn and winter, version 1"
    assert record.changes["whom"] == ["", "The board"]
    assert link.token not in str(record.changes)


def test_link_of_the_same_press_is_made_once(version: StrategyVersion, link: ShareLink) -> None:
    again = create_link(version, label="The board", days=30, by=link.created_by, uid=link.uid)

    assert again == link
    assert Record.objects.filter(verb="strategies.link_made").count() == 1


def test_link_to_a_withdrawn_version_is_refused(
    version: StrategyVersion, manager: Membership
) -> None:
    version.state = VersionState.WITHDRAWN

    with pytest.raises(Refusal, match="withdrawn"):
        create_link(version, label="The board", days=30, by=manager.user)


def test_link_is_closed_when_its_version_is_withdrawn(
    marketer: Membership, manager: Membership, version: StrategyVersion
) -> None:
    asked = submit_strategy(version.strategy, reviewers=[manager], note="", by=marketer.user)
    link = create_link(asked, label="The board", days=30, by=manager.user)
    assert link_of(link.token) == link

    withdraw(asked, by=marketer.user)

    assert link_of(link.token) is None
    assert not ShareLink.objects.get().is_open


def test_link_is_refused_after_too_many_a_day(
    version: StrategyVersion, link: ShareLink, settings: object
) -> None:
    settings.SHARE_LINKS_A_DAY = 1  # type: ignore[attr-defined]

    with pytest.raises(Refusal, match="1 link a day"):
        create_link(version, label="Another", days=30, by=link.created_by)
    with time_machine.travel("2026-11-25 12:00:01+00:00"):
        create_link(version, label="Another", days=30, by=link.created_by)


def test_link_is_ended_once(link: ShareLink, marketer: Membership) -> None:
    revoke_link(link, by=marketer.user)

    with pytest.raises(Refusal, match="ended already"):
        revoke_link(link, by=marketer.user)
    assert Record.objects.filter(verb="strategies.link_revoked").count() == 1


def test_link_has_who_and_when_together(link: ShareLink) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ShareLink.objects.filter(pk=link.pk).update(revoked_at=timezone.now())


# --- the pages of the workspace -------------------------------------------------------------------


def test_manager_makes_a_link_sees_it_once_and_ends_it(
    version: StrategyVersion, manager: Membership, client_as: ClientAs
) -> None:
    client = client_as(manager)
    page = client.get(list_of(version)).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    sent = {"label": "The board", "days": "90", "token": token[1]}

    responses = [client.post(list_of(version), sent) for _press in range(2)]

    link = ShareLink.objects.get()
    assert [one["Location"] for one in responses] == [f"{list_of(version)}{link.uid}/"] * 2
    assert link.path in client.get(responses[0]["Location"]).content.decode()
    again = client.get(responses[0]["Location"]).content.decode()
    assert link.token not in again
    assert "shown once" in again
    listed = client.get(list_of(version)).content.decode()
    assert "not opened yet" in listed
    assert link.token not in listed
    client.post(f"{list_of(version)}{link.uid}/revoke/")
    assert (
        "The link for The board no longer works." in client.get(list_of(version)).content.decode()
    )
    assert Client().get(link.path).status_code == 404


@pytest.mark.parametrize("sent", [{}, {"label": "", "days": "30"}, {"label": "x", "days": "9999"}])
def test_link_needs_a_name_and_an_offered_end(
    sent: dict[str, str], version: StrategyVersion, manager: Membership, client_as: ClientAs
) -> None:
    client_as(manager).post(list_of(version), sent)

    assert not ShareLink.objects.exists()


def test_marketers_do_not_share(
    version: StrategyVersion, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)

    assert client.get(list_of(version)).status_code == 403
    document = client.get(f"{list_of(version).removesuffix('links/')}document/")
    assert "links/" not in document.content.decode()


def test_link_of_another_version_is_not_found(
    version: StrategyVersion,
    link: ShareLink,
    marketer: Membership,
    manager: Membership,
    client_as: ClientAs,
) -> None:
    other = submit_strategy(version.strategy, reviewers=[manager], note="", by=marketer.user)

    response = client_as(manager).post(f"{list_of(other)}{link.uid}/revoke/")

    assert response.status_code == 404
    link.refresh_from_db()
    assert link.is_open


# --- the door -------------------------------------------------------------------------------------


def test_link_opens_the_version_without_an_account_and_nothing_else(link: ShareLink) -> None:
    client = Client()

    for url in pages_of(link):
        response = client.get(url)
        assert response.status_code == 200, url
        assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "no-referrer"
    for url in pages_of(link)[:2]:
        body = client.get(url).content.decode()
        assert "You can come in your work clothes" in body
        assert "Not approved yet" not in body
        assert "Between us" not in body
        assert '<meta name="robots" content="noindex' in body
        led_to = set(re.findall(r'(?:href|action|src)="([^"]*)"', body))
        outside = {one for one in led_to if not one.startswith(("/shared/", "/static/", "#"))}
        assert outside == set()
        assert {one for one in led_to if "/shared/" in one} <= {*pages_of(link)}
    assert client.cookies == {}


def test_link_shows_the_same_to_a_member(
    link: ShareLink, manager: Membership, client_as: ClientAs
) -> None:
    body = client_as(manager).get(link.path).content.decode()

    assert "/w/" not in body


def test_link_that_ended_or_is_wrong_is_the_same_404(link: ShareLink, manager: Membership) -> None:
    wrong = Client().get(reverse("shared:document", args=[link.token[:-1] + "x"]))
    with time_machine.travel(link.expires_at):
        expired = [Client().get(url) for url in pages_of(link)]
    revoke_link(link, by=manager.user)
    revoked = [Client().get(url) for url in pages_of(link)]

    for response in (wrong, *expired, *revoked):
        assert response.status_code == 404
        assert response.content == wrong.content
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"]
    link.refresh_from_db()
    assert link.last_opened_at is None


def test_link_notes_when_it_was_opened_and_not_who_looks_ahead(link: ShareLink) -> None:
    def opened(method: str) -> object:
        getattr(Client(), method)(link.path)
        link.refresh_from_db()
        return link.last_opened_at

    assert opened("head") is None
    assert opened("get") == timezone.now()
    with time_machine.travel(timezone.now() + timedelta(seconds=30), tick=False):
        note_opened(link)
    link.refresh_from_db()
    assert link.last_opened_at == timezone.now()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_link_is_for_reading(method: str, link: ShareLink) -> None:
    for url in pages_of(link)[:3]:
        assert getattr(Client(), method)(url).status_code == 405


def test_link_is_limited_by_address(link: ShareLink, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"shared_page": "2/5m/ip", "shared_file": "1/5m/ip"}  # type: ignore[attr-defined]
    page, _sheet, file, *_others = pages_of(link)

    assert [Client().get(page).status_code for _visit in range(3)] == [200, 200, 429]
    assert [Client().get(file).status_code for _visit in range(2)] == [200, 429]
    assert Client().get(page)["Referrer-Policy"] == "no-referrer"


def test_link_in_a_format_that_there_is_not_is_not_found(link: ShareLink) -> None:
    url = reverse("shared:document_file", args=[link.token, "exe"])

    assert Client().get(url).status_code == 404
    assert Client().head(url).status_code == 404
