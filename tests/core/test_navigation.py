"""The main navigation, as apps fill it."""

import re

import pytest

from core.navigation import NAVIGATION, NavigationEntry
from tests.conftest import ClientAs
from workspaces.models import Membership

pytestmark = pytest.mark.django_db


def entries_of(page: str) -> list[str]:
    main = page.split('<div class="nav-main">')[1].split("</nav>")[0]
    return re.findall(r"</svg><span>([^<]+)</span>", main)


def test_entries_stand_in_their_order_and_only_where_the_role_may(
    admin: Membership, reader: Membership, client_as: ClientAs
) -> None:
    pages = [client_as(one).get("/w/fjordlys/").content.decode() for one in (admin, reader)]

    assert entries_of(pages[0]) == [
        "Today",
        "Strategy",
        "Calendar",
        "Results",
        "Policies",
        "Channels",
        "People",
        "Settings",
    ]
    assert entries_of(pages[1]) == [
        "Today",
        "Strategy",
        "Calendar",
        "Results",
        "Policies",
        "Channels",
        "People",
    ]


def test_an_app_adds_its_entry_without_touching_the_template(
    reader: Membership, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = NavigationEntry("library", "Library", "flag", "networks:list", place=15)
    monkeypatch.setitem(NAVIGATION._entries, "library", entry)

    page = client_as(reader).get("/w/fjordlys/").content.decode()

    assert entries_of(page)[:3] == ["Today", "Library", "Strategy"]


def test_the_entry_of_the_page_is_marked(reader: Membership, client_as: ClientAs) -> None:
    page = client_as(reader).get("/w/fjordlys/channels/").content.decode()

    assert re.search(r'aria-current="page"[^>]*><svg[^>]*>.{0,80}</svg><span>Channels', page)
