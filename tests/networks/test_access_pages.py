"""The pages of the access register."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from networks.enums import AccessLevel
from networks.models import AccessGrant, AccessUpload, Channel
from tests.conftest import ClientAs
from tests.networks.accesses import make_access, make_channel
from tests.queries import queries_of
from workspaces.models import Membership, Workspace

REGISTER = "/w/fjordlys/channels/access/"
FORM = {
    "level": "editor",
    "login": "personal",
    "two_factor": "yes",
    "password_place": "1Password, vault Marketing",
}


@pytest.fixture
def channel(workspace: Workspace, manager: Membership) -> Channel:
    return make_channel(workspace, owner=manager, purpose="Show the light")


@pytest.fixture
def marketing(client_as: ClientAs, marketer: Membership) -> Client:
    return client_as(marketer)


def url(name: str, *args: object) -> str:
    return reverse(f"networks:{name}", args=["fjordlys", *args])


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


# --- the register -----------------------------------------------------------------------------------


def test_register_is_one_query_count_however_long(
    marketing: Client, channel: Channel, workspace: Workspace
) -> None:
    make_access(channel, None)
    few = queries_of(marketing, REGISTER), queries_of(marketing, url("list"))
    for number in range(30):
        other = make_channel(workspace, f"@{number}")
        make_access(other, None, name=f"Person {number}", company="Agency")

    assert (queries_of(marketing, REGISTER), queries_of(marketing, url("list"))) == few
    assert queries_of(marketing, f"{REGISTER}?text=person 2&level=editor") <= few[0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Mette", "Rita", "Ada"}),
        ("?text=krogh", {"Mette"}),
        ("?text=RITA instagram", {"Rita"}),
        ("?text=nobody", set()),
        ("?engagement=external", {"Mette"}),
        ("?engagement=employee", {"Rita", "Ada"}),
        ("?level=admin", {"Ada"}),
        ("?due=due", {"Rita"}),
        ("?due=over", {"Mette"}),
        ("?channel=nonsense&person=nonsense&page=1", {"Mette", "Rita", "Ada"}),
    ],
)
def test_register_shows_what_the_address_asks_for(
    marketing: Client,
    channel: Channel,
    reader: Membership,
    admin: Membership,
    query: str,
    found: set[str],
) -> None:
    today = channel.workspace.today()
    make_access(channel, None, ends_on=today - timedelta(days=1))
    make_access(channel, reader)
    make_access(channel, admin, level=AccessLevel.ADMIN, confirmed_on=today)

    body = text(marketing, REGISTER + query).partition("<tbody>")[2]
    csv = text(marketing, url("access_export") + query)

    assert {name for name in ("Mette", "Rita", "Ada") if name in body} == found
    assert {name for name in ("Mette", "Rita", "Ada") if name in csv} == found


def test_register_has_no_menu_of_more_people_than_are_offered(
    marketing: Client, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("networks.forms_access.PEOPLE_OFFERED", 2)
    mette = make_access(channel, None)
    make_access(channel, None, name="Nils Berg")
    assert f'<option value="{mette.person_uid}">' in text(marketing, REGISTER)

    make_access(channel, None, name="Olav Dahl")

    assert 'name="person"' not in text(marketing, REGISTER)
    found = text(marketing, f"{REGISTER}?text=olav")
    assert "Olav Dahl" in found
    assert "Nils Berg" not in found


def test_register_by_channel_and_person(
    marketing: Client, channel: Channel, reader: Membership, workspace: Workspace
) -> None:
    other = make_channel(workspace, "@other")
    make_access(channel, reader)
    theirs = make_access(other, None)

    body = text(marketing, f"{REGISTER}?channel={other.uid}").partition("<tbody>")[2]
    assert "Mette" in body
    assert "Rita" not in body
    body = text(marketing, f"{REGISTER}?person={theirs.person_uid}").partition("<tbody>")[2]
    assert "Mette" in body
    assert "Rita" not in body


@pytest.mark.parametrize("name", ["access", "access_add", "access_confirm", "access_export"])
def test_register_is_for_who_edits_channels(
    client_as: ClientAs, contributor: Membership, stranger: Membership, name: str
) -> None:
    assert client_as(contributor).get(url(name)).status_code == 403
    assert client_as(stranger).get(url(name)).status_code == 404


# --- one access -------------------------------------------------------------------------------------


def test_access_is_added_once_by_a_double_press(
    marketing: Client, channel: Channel, reader: Membership
) -> None:
    data = {**FORM, "channel": str(channel.uid), "member": reader.pk, "token": "one"}
    for _press in range(2):
        response = marketing.post(url("access_add"), data)
        assert response.headers["Location"] == url("channel", channel.uid)

    made = AccessGrant.objects.get()
    assert (made.member, made.two_factor) == (reader, "yes")
    assert "Rita Reader" in text(marketing, url("channel", channel.uid))


def test_password_is_refused_and_what_was_typed_stays(
    marketing: Client, channel: Channel, reader: Membership
) -> None:
    data = {
        **FORM,
        "channel": str(channel.uid),
        "member": reader.pk,
        "password_place": "Sommer2026!",
    }
    body = marketing.post(url("access_add"), data).content.decode()

    assert "looks like a password" in body
    assert not AccessGrant.objects.exists()


def test_two_people_change_different_fields_of_one_access(
    marketing: Client, channel: Channel, reader: Membership
) -> None:
    grant = make_access(channel, reader)
    page = marketing.get(url("access_edit", grant.uid))
    began = page.context["form"].began_now
    AccessGrant.objects.filter(pk=grant.pk).update(two_factor="no", revision=2)
    data = {**FORM, "member": reader.pk, "began": began, "two_factor": "unknown"}

    marketing.post(url("access_edit", grant.uid), data)
    grant.refresh_from_db()
    assert (grant.two_factor, grant.password_place) == ("no", FORM["password_place"])

    again = marketing.post(url("access_edit", grant.uid), {**data, "two_factor": "yes"})
    assert again.status_code == 409


def test_access_is_ended_and_brought_back(marketing: Client, channel: Channel) -> None:
    grant = make_access(channel, None)
    marketing.post(url("access_end", grant.uid))
    body = text(marketing, url("channel", channel.uid))
    assert "1 that ended" in body
    assert url("access_restore", grant.uid) in body  # undo
    assert "This access was ended" in text(marketing, url("access_edit", grant.uid))

    marketing.post(url("access_restore", grant.uid))
    assert AccessGrant.objects.current().get() == grant


def test_channel_page_shows_facts_to_all_and_accesses_to_who_edits_channels(
    marketing: Client, client_as: ClientAs, reader: Membership, channel: Channel
) -> None:
    make_access(channel, None)
    all_see, some_see = "Show the light", "Krogh Foto"

    body = text(marketing, url("channel", channel.uid))
    assert all_see in body
    assert some_see in body
    assert "Nobody has confirmed lately" in body
    body = text(client_as(reader), url("channel", channel.uid))
    assert all_see in body
    assert some_see not in body


# --- one sitting ------------------------------------------------------------------------------------


def test_one_sitting_confirms_ends_and_leads_to_what_changed(
    marketing: Client, channel: Channel, reader: Membership, admin: Membership
) -> None:
    right, ended = make_access(channel, reader), make_access(channel, None)
    changed = make_access(channel, admin)
    page = text(marketing, url("access_confirm"))
    assert page.count('name="shown"') == 3

    response = marketing.post(
        url("access_confirm"),
        {
            "shown": [f"{one.uid}:1" for one in (right, ended, changed)] + ["nonsense", "1:2"],
            f"access-{right.uid}": "right",
            f"access-{ended.uid}": "ended",
            f"access-{changed.uid}": "changed",
        },
    )

    assert response.headers["Location"] == f"{url('access_confirm')}?change={changed.uid}"
    assert f"{url('access_edit', changed.uid)}?then=confirm" in text(
        marketing, response.headers["Location"]
    )
    assert list(AccessGrant.objects.current().filter(confirmed_on__isnull=False)) == [right]
    assert AccessGrant.objects.get(ended_at__isnull=False) == ended


def test_rest_of_a_page_is_confirmed_by_one_tick_and_nothing_beyond_it(
    marketing: Client, channel: Channel, reader: Membership, admin: Membership
) -> None:
    shown, kept = make_access(channel, reader), make_access(channel, admin)
    data = {"shown": f"{shown.uid}:1", f"access-{kept.uid}": "ended", "rest_is_right": "on"}
    marketing.post(url("access_confirm"), data)

    shown.refresh_from_db()
    assert shown.confirmed_on == channel.workspace.today()
    assert AccessGrant.objects.current().count() == 2
    assert "Nothing was marked" in text_after(marketing, url("access_confirm"), {})


def text_after(client: Client, address: str, data: dict[str, str]) -> str:
    return client.post(address, data, follow=True).content.decode()


def test_sitting_shows_what_is_due_until_all_is_asked_for(
    marketing: Client, channel: Channel, reader: Membership
) -> None:
    make_access(channel, reader, confirmed_on=channel.workspace.today())

    assert "All of it is confirmed" in text(marketing, url("access_confirm"))
    assert 'name="shown"' in text(marketing, f"{url('access_confirm')}?all=1")


# --- a leaver ---------------------------------------------------------------------------------------


def test_leavers_list_is_ticked_off_one_by_one(
    marketing: Client, channel: Channel, workspace: Workspace
) -> None:
    grants = [
        make_access(one, None, login="shared", password_place="the safe")
        for one in (channel, make_channel(workspace, "@other"))
    ]
    address = url("leaver_list", grants[0].person_uid)
    body = text(marketing, address)
    assert "Change the shared password, kept in <bdi>the safe</bdi>" in body

    assert "1 to go" in text_after(marketing, address, {"taken": str(grants[0].uid)})
    assert list(AccessGrant.objects.current()) == [grants[1]]
    body = text_after(marketing, address, {"taken": str(grants[1].uid)})
    assert "Everything was taken back" in body
    assert "Nothing to take back" in body


def test_leavers_list_of_elsewhere_is_not_there(
    client_as: ClientAs, stranger: Membership, channel: Channel
) -> None:
    grant = make_access(channel, None)
    there = reverse("networks:leaver_list", args=["next-door", grant.person_uid])

    assert client_as(stranger).get(there).status_code == 404


def test_who_removes_a_member_sees_and_gets_the_list(
    client_as: ClientAs, admin: Membership, reader: Membership, channel: Channel
) -> None:
    make_access(channel, reader)
    client = client_as(admin)
    for name in ("members:change", "members:remove"):
        address = reverse(name, args=["fjordlys", reader.uid])
        assert "Instagram: @fjordlys, Editor or publisher" in text(client, address)

    response = client.post(reverse("members:remove", args=["fjordlys", reader.uid]))
    assert response.headers["Location"] == url("leaver_list", reader.uid)
    assert "Has left the workspace" in text(client, response.headers["Location"])


def test_who_leaves_sees_what_will_be_taken_back(
    client_as: ClientAs, reader: Membership, channel: Channel
) -> None:
    make_access(channel, reader)

    body = text(client_as(reader), "/w/fjordlys/people/leave/")
    assert "Instagram: @fjordlys, Editor or publisher" in body
    assert url("leaver_list", reader.uid) not in body


# --- lists ------------------------------------------------------------------------------------------

LIST = "Channel,Name,Company,Level\n@fjordlys,Mette Krogh,Krogh Foto,Admin\n"


def test_list_is_looked_at_first_and_then_imported(marketing: Client, channel: Channel) -> None:
    file = SimpleUploadedFile("list.csv", LIST.encode())
    response = marketing.post(url("access_import"), {"file": file})
    assert not AccessGrant.objects.exists()
    assert "1 to add, 0 to change, 0 as they are, 0 wrong" in text(
        marketing, response.headers["Location"]
    )

    marketing.post(response.headers["Location"])
    assert AccessGrant.objects.get().person_name == "Mette Krogh (Krogh Foto)"
    assert marketing.post(response.headers["Location"]).status_code == 409


def test_wrong_line_is_shown_and_nothing_is_imported(marketing: Client, channel: Channel) -> None:
    response = marketing.post(url("access_import"), {"pasted": LIST + "@else,A,B,Admin"})
    body = text(marketing, response.headers["Location"])
    assert "no such channel" in body
    assert "Import it" not in body

    assert marketing.post(response.headers["Location"]).status_code == 409
    assert not AccessGrant.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose a file"),
        ({"pasted": "nothing like it"}, "must name the columns"),
        ({"file": SimpleUploadedFile("x.xlsx", b"PK\x00\x00")}, "CSV UTF-8"),
    ],
)
def test_what_is_no_list_says_what_to_do(
    marketing: Client, channel: Channel, data: dict[str, object], sentence: str
) -> None:
    assert sentence in marketing.post(url("access_import"), data).content.decode()
    assert not AccessUpload.objects.exists()


def test_list_belongs_to_who_uploaded_it(
    marketing: Client, client_as: ClientAs, manager: Membership, channel: Channel
) -> None:
    response = marketing.post(url("access_import"), {"pasted": LIST})

    assert client_as(manager).get(response.headers["Location"]).status_code == 404


def test_export_escapes_formulas(marketing: Client, channel: Channel) -> None:
    make_access(channel, None, password_place="=cmd()", name="@SUM", company="+1")

    assert "'@SUM,,'+1,Editor or publisher,Personal,Not known,'=cmd()" in text(
        marketing, url("access_export")
    )


def test_1200_accesses_are_found_by_one_page(marketing: Client, workspace: Workspace) -> None:
    """Only one page of them is read."""
    channels = [make_channel(workspace, f"@{number}") for number in range(12)]
    rows = [
        AccessGrant(
            workspace=workspace,
            channel=channel,
            level="editor",
            person_uid=uuid4(),
            outsider_name=f"Person {number}",
            outsider_company="Agency",
        )
        for channel in channels
        for number in range(100)
    ]
    AccessGrant.objects.bulk_create(rows)

    body = text(marketing, f"{REGISTER}?text=Person 42")
    assert body.partition("<tbody>")[2].count("<tr") == 12
    assert text(marketing, REGISTER).partition("<tbody>")[2].count("<tr") == 100
