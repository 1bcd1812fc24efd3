"""The pages of channels."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activity.activity_types import is_known
from activity.models import Record
from networks.enums import OperatorKind
from networks.models import Channel
from tests.conftest import ClientAs
from workspaces.models import Membership, Workspace


@pytest.fixture
def channel(workspace: Workspace, marketer: Membership) -> Channel:
    return Channel.objects.create(
        workspace=workspace, network="instagram", handle="@fjordlys", owner=marketer, position=1
    )


@pytest.fixture
def marketers(marketer: Membership, client_as: ClientAs) -> Client:
    return client_as(marketer)


def url(name: str, *args: Any) -> str:
    return reverse(f"networks:{name}", args=["fjordlys", *args])


def answers(**given: Any) -> dict[str, Any]:
    return {
        "network": "instagram",
        "handle": "@fjordlys",
        "state": "active",
        "operator_kind": "person",
        "revision": "1",
        **given,
    }


def test_list_says_that_changes_count_at_once_only_where_something_can_be_changed(
    channel: Channel, marketers: Client, reader: Membership, client_as: ClientAs
) -> None:
    told = "What you change here changes at once"

    assert told in marketers.get(url("list")).content.decode()
    assert told not in client_as(reader).get(url("list")).content.decode()
    channel.delete()
    assert told not in marketers.get(url("list")).content.decode()


def test_list_names_people_and_what_is_missing(
    workspace: Workspace, channel: Channel, marketers: Client
) -> None:
    Channel.objects.create(
        workspace=workspace, network="other", other_network="Podcast", handle="Lys"
    )

    page = marketers.get(url("list")).content.decode()

    assert "Instagram: @fjordlys" in page
    assert "Owner: <bdi>Mari Marketer</bdi>" in page
    assert "Podcast: Lys" in page
    assert "No owner yet" in page


def test_empty_list_offers_the_first_channel(
    workspace: Workspace, marketers: Client, reader: Membership, client_as: ClientAs
) -> None:
    mine = marketers.get(url("list")).content.decode()
    theirs = client_as(reader).get(url("list")).content.decode()

    assert url("add") in mine
    assert "No channel yet" in theirs
    assert url("add") not in theirs


def test_reader_sees_channels_but_no_way_to_change_them(
    channel: Channel, reader: Membership, client_as: ClientAs
) -> None:
    page = client_as(reader).get(url("list")).content.decode()

    assert "@fjordlys" in page
    assert url("edit", channel.uid) not in page


def test_list_costs_the_same_number_of_queries_with_1_and_30_channels(
    workspace: Workspace, channel: Channel, marketer: Membership, marketers: Client
) -> None:
    marketers.get(url("list"))
    with CaptureQueriesContext(connection) as few:
        marketers.get(url("list"))
    for number in range(29):
        Channel.objects.create(
            workspace=workspace,
            network="x",
            handle=f"@{number}",
            owner=marketer,
            operator=marketer,
            backup=marketer,
        )

    with CaptureQueriesContext(connection) as many:
        marketers.get(url("list"))

    assert len(many) == len(few)


def test_add_makes_one_channel_however_often_it_is_sent(
    workspace: Workspace, marketers: Client, marketer: Membership
) -> None:
    sent = answers(owner=marketer.pk, token="the same page")

    first = marketers.post(url("add"), sent)
    marketers.post(url("add"), sent)

    assert first.status_code == 302
    (channel,) = Channel.objects.all()
    assert (channel.workspace, channel.owner, channel.updated_by) == (
        workspace,
        marketer,
        marketer.user,
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"network": ""}, "Choose one."),
        ({"handle": "x" * 121}, "Keep this to 120 characters; it has 121 now."),
        ({"network": "myspace"}, "Choose again: this one is no longer on the list."),
        ({"network": "other"}, "Say which one it is, for example a podcast."),
        ({"address": "not an address"}, "Write a whole address"),
        ({"address": "javascript:alert(1)"}, "Write a whole address"),
        ({"address": "ftp://example.org"}, "Write a whole address"),
        ({"owner": "999999"}, "Choose again: this one is no longer on the list."),
        ({"owner": "many"}, "Choose again: this one is no longer on the list."),
    ],
)
def test_add_with_bad_input_says_what_to_do_and_keeps_what_was_typed(
    workspace: Workspace, marketers: Client, given: dict[str, Any], sentence: str
) -> None:
    page = marketers.post(url("add"), answers(purpose="🎻 שלום", **given))

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "🎻 שלום" in page.content.decode()
    assert not Channel.objects.exists()


def test_channel_without_an_account_yet_is_called_by_its_network(
    workspace: Workspace, marketers: Client
) -> None:
    marketers.post(url("add"), answers(handle="", state="planned"))

    assert str(Channel.objects.get()) == "Instagram"
    assert ">Instagram<" in marketers.get(url("list")).content.decode()


def test_address_without_its_beginning_gets_one(workspace: Workspace, marketers: Client) -> None:
    marketers.post(url("add"), answers(address="instagram.com/fjordlys"))

    channel = Channel.objects.get()
    assert channel.address == "https://instagram.com/fjordlys"
    assert channel.short_address == "instagram.com/fjordlys"
    assert Channel(address="http://www.example.org/").short_address == "example.org"


def test_owner_of_another_workspace_is_refused(
    workspace: Workspace, marketers: Client, stranger: Membership
) -> None:
    page = marketers.post(url("add"), answers(owner=stranger.pk))

    assert "Choose again: this one is no longer on the list." in page.content.decode()
    assert not Channel.objects.exists()


@pytest.mark.parametrize(
    ("kind", "operator", "name"),
    [
        (OperatorKind.PERSON, True, ""),
        (OperatorKind.AGENCY, False, "Nordlicht"),
        (OperatorKind.TEAM, False, "Nordlicht"),
    ],
)
def test_only_the_operator_that_is_meant_is_kept(
    workspace: Workspace,
    marketer: Membership,
    marketers: Client,
    kind: str,
    operator: bool,
    name: str,
) -> None:
    marketers.post(
        url("add"),
        answers(operator_kind=kind, operator=marketer.pk, operator_name="Nordlicht"),
    )

    channel = Channel.objects.get()
    assert (channel.operator is not None, channel.operator_name) == (operator, name)


def test_edit_saves_and_returns_to_the_channel(channel: Channel, marketers: Client) -> None:
    answer = marketers.post(url("edit", channel.uid), answers(handle="@lys"))

    channel.refresh_from_db()
    assert channel.handle == "@lys"
    assert answer["Location"] == f"{url('list')}#row-{channel.uid}"


def test_edit_of_a_person_who_left_keeps_the_name_on_the_list(
    channel: Channel, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    channel.backup = marketer
    channel.save()
    marketer.user.is_active = False
    marketer.user.save()

    page = client_as(manager).get(url("edit", channel.uid)).content.decode()

    assert f'<option value="{marketer.pk}" selected>' in page


def test_edit_after_somebody_else_shows_both_and_saves_nothing(
    channel: Channel, marketers: Client, manager: Membership, client_as: ClientAs
) -> None:
    client_as(manager).post(url("edit", channel.uid), answers(handle="@theirs"))

    page = marketers.post(url("edit", channel.uid), answers(handle="@mine", purpose="Mine too"))

    assert page.status_code == 409
    text = page.content.decode()
    assert "<bdi>Magnus Manager</bdi> changed this" in text
    assert "@theirs" in text
    assert "@mine" in text
    assert "Mine too" in text
    channel.refresh_from_db()
    assert channel.handle == "@theirs"


def test_saving_again_after_both_were_shown_keeps_mine(
    channel: Channel, marketers: Client, manager: Membership, client_as: ClientAs
) -> None:
    client_as(manager).post(url("edit", channel.uid), answers(handle="@theirs"))

    marketers.post(url("edit", channel.uid), answers(handle="@mine", revision="2"))

    channel.refresh_from_db()
    assert channel.handle == "@mine"


def test_edit_of_a_removed_channel_keeps_what_was_typed(
    channel: Channel, marketers: Client
) -> None:
    marketers.post(url("remove", channel.uid))

    shown = marketers.get(url("edit", channel.uid))
    saved = marketers.post(url("edit", channel.uid), answers(handle="@typed"))

    assert url("restore", channel.uid) in shown.content.decode()
    assert saved.status_code == 409
    assert "@typed" in saved.content.decode()


def test_remove_can_be_undone_from_the_message(channel: Channel, marketers: Client) -> None:
    page = marketers.post(url("remove", channel.uid), follow=True).content.decode()

    channel.refresh_from_db()
    assert channel.removed_at is not None
    assert url("restore", channel.uid) in page

    marketers.post(url("restore", channel.uid))

    channel.refresh_from_db()
    assert channel.removed_at is None


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"direction": "up"}, ["@b", "@a", "@c"]),
        ({"direction": "down"}, ["@a", "@c", "@b"]),
        ({"position": "1"}, ["@b", "@a", "@c"]),
        ({"position": "9" * 30}, ["@a", "@b", "@c"]),
        ({"position": "0"}, ["@a", "@b", "@c"]),
        ({"direction": "sideways"}, ["@a", "@b", "@c"]),
        ({}, ["@a", "@b", "@c"]),
    ],
)
def test_move(
    workspace: Workspace, marketers: Client, sent: dict[str, str], expected: list[str]
) -> None:
    a, b, c = (
        Channel.objects.create(workspace=workspace, network="x", handle=handle, position=place)
        for place, handle in enumerate(("@a", "@b", "@c"))
    )

    answer = marketers.post(url("move", b.uid), sent)

    assert answer.status_code == 302
    rows = Channel.objects.live().in_order()
    assert [channel.handle for channel in rows] == expected
    assert a.network == c.network


def test_move_of_a_removed_channel_changes_nothing(
    workspace: Workspace, channel: Channel, marketers: Client
) -> None:
    stays = Channel.objects.create(workspace=workspace, network="x", handle="@stays", position=2)
    marketers.post(url("remove", channel.uid))

    answer = marketers.post(url("move", channel.uid), {"direction": "up"})

    channel.refresh_from_db()
    stays.refresh_from_db()
    assert answer.status_code == 302
    assert (channel.position, stays.position) == (1, 1)
    assert list(Channel.objects.live()) == [stays]


def test_every_verb_has_its_sentence(channel: Channel, marketers: Client) -> None:
    marketers.post(url("add"), answers(handle="@new"))
    marketers.post(url("edit", channel.uid), answers(handle="@lys"))
    marketers.post(url("remove", channel.uid))
    marketers.post(url("restore", channel.uid))

    verbs = set(Record.objects.values_list("verb", flat=True))
    assert len(verbs) == 4
    assert all(is_known(verb) for verb in verbs)


def test_address_that_is_none_of_the_web_is_shown_and_not_linked(
    channel: Channel, marketers: Client
) -> None:
    """Whatever way it came into the database."""
    Channel.objects.update(address="javascript:alert(1)")

    page = marketers.get(url("list")).content.decode()

    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page
    assert 'href=""' not in page


def test_owner_set_here_takes_not_known_yet_back(
    channel: Channel, marketer: Membership, marketers: Client
) -> None:
    Channel.objects.update(owner=None, not_known=("owner", "backup"))

    marketers.post(url("edit", channel.uid), answers(owner=marketer.pk))

    channel.refresh_from_db()
    assert (channel.owner, channel.not_known) == (marketer, ("backup",))


def test_more_channels_than_the_bound_are_refused_with_what_was_typed(
    channel: Channel, marketers: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.rows.ROWS_AT_MOST", 1)

    page = marketers.post(url("add"), answers(purpose="One too many"))

    assert "1 here already" in page.content.decode()
    assert "One too many" in page.content.decode()
    assert Channel.objects.count() == 1


def test_restore_beyond_the_bound_is_refused(
    channel: Channel, marketers: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    marketers.post(url("remove", channel.uid))
    marketers.post(url("add"), answers(handle="@two"))
    monkeypatch.setattr("core.rows.ROWS_AT_MOST", 1)

    page = marketers.post(url("restore", channel.uid), follow=True)

    assert "1 here already" in page.content.decode()
    assert Channel.objects.live().count() == 1
