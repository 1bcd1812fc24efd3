"""Pages that are not there or not allowed: inside the workspace for its members, plain for others."""

import json
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import ClientAs
from workspaces.models import Membership

NOTHING = "/w/fjordlys/nothing/"
GONE = "/w/fjordlys/strategies/52ecac50-caa0-43a4-90fb-d67a475ba14a/"
RAIL = 'class="nav-main"'


@pytest.mark.parametrize("address", [NOTHING, GONE])
def test_member_is_told_inside_the_workspace(
    address: str, reader: Membership, client_as: ClientAs
) -> None:
    response = client_as(reader).get(address)

    page = response.content.decode()
    assert response.status_code == 404
    assert "There is no such page" in page
    assert RAIL in page
    assert reader.workspace.name in page
    assert f'href="{reader.workspace.get_absolute_url()}">Go to Today' in page


@pytest.mark.parametrize("address", [NOTHING, GONE])
def test_outsider_sees_nothing_of_the_workspace(
    address: str, reader: Membership, stranger: Membership, client_as: ClientAs
) -> None:
    response = client_as(stranger).get(address)

    page = response.content.decode()
    assert response.status_code == 404
    assert RAIL not in page
    assert reader.workspace.name not in page
    assert 'href="/">Go to Today' in page


def test_member_who_left_sees_nothing_of_the_workspace(
    reader: Membership, client_as: ClientAs
) -> None:
    client = client_as(reader)
    reader.engaged_until = date(2020, 1, 1)
    reader.save()

    page = client.get(NOTHING).content.decode()

    assert RAIL not in page
    assert reader.workspace.name not in page


def test_role_that_does_not_allow_it_is_told_inside_the_workspace(
    reader: Membership, client_as: ClientAs
) -> None:
    response = client_as(reader).get(reverse("workspaces:settings", args=["fjordlys"]))

    page = response.content.decode()
    assert response.status_code == 403
    assert "Your role does not allow this" in page
    assert RAIL in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nothing/", NOTHING])
def test_who_is_signed_out_is_led_to_the_sign_in(address: str) -> None:
    response = Client().get(address)

    page = response.content.decode()
    assert response.status_code == 404
    assert RAIL not in page
    assert "workspace" not in page
    assert 'href="/">Go to the first page' in page


def test_text_that_is_turned_away_stands_there_to_be_copied(
    reader: Membership, client_as: ClientAs
) -> None:
    typed = {
        "title": "The lens <room>",
        "text": "Open late.\r\n\r\nUntil nine.",
        "notes": "As it was",
        "v1-own_text": "For Instagram",
        "channel": "one-word",
        "token": "of the page",
        "began": json.dumps({"notes": "As it was", "channels": ["a"]}),
    }

    page = client_as(reader).post("/w/fjordlys/calendar/posts/add/", typed)

    assert page.status_code == 403
    assert (
        "readonly>The lens &lt;room&gt;\n\nOpen late.\n\nUntil nine.\n\nFor Instagram</textarea>"
        in page.content.decode()
    )


@pytest.mark.parametrize("began", ["", "no json", "[1]"])
def test_page_without_text_typed_has_no_room_for_it(
    began: str, reader: Membership, stranger: Membership, client_as: ClientAs
) -> None:
    for person in (reader, stranger):
        page = client_as(person).post("/w/fjordlys/calendar/posts/add/", {"began": began})
        assert "<textarea" not in page.content.decode()


def test_somebody_removed_from_the_workspace_keeps_the_text(
    stranger: Membership, reader: Membership, client_as: ClientAs
) -> None:
    sent = {"text": "Open late on Friday"}

    response = client_as(stranger).post("/w/fjordlys/calendar/posts/add/", sent)

    page = response.content.decode()
    assert response.status_code == 404
    assert "readonly>Open late on Friday</textarea>" in page
    assert reader.workspace.name not in page
