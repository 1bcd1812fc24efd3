"""The door of an invitation, as the one who was invited walks through it."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from members.models import Invitation
from members.services import invite, revoke, send_again
from tests.conftest import ClientAs
from tests.factories import PASSWORD, MembershipFactory, UserFactory
from workspaces.enums import Role
from workspaces.models import Membership

PAGE = "/invitations/"
ANSWERS = {"name": "Kari", "email": "kari@example.org", "password1": PASSWORD}


@pytest.fixture
def letter(admin: Membership) -> Invitation:
    return invite(admin.workspace, by=admin.user, role=Role.MARKETER, email="kari@example.org")[0]


@pytest.fixture
def link(admin: Membership) -> Invitation:
    return invite(admin.workspace, by=admin.user, role=Role.MARKETER)[0]


def test_new_person_signs_up_and_accepts(letter: Invitation, settings: Settings) -> None:
    settings.OPEN_SIGN_UP = False
    client = Client()

    response = client.get(letter.path)
    assert response.headers["Location"] == PAGE
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "Fjordlys Museum" in client.get(PAGE).content.decode()
    assert 'value="kari@example.org"' in client.get(reverse("account_signup")).content.decode()
    assert client.post(reverse("account_signup"), ANSWERS).headers["Location"] == PAGE
    assert client.post(PAGE).headers["Location"] == "/w/fjordlys/"

    kari = User.objects.get(email="kari@example.org")
    assert kari.name == "Kari"
    assert EmailAddress.objects.get(user=kari).verified
    assert Membership.objects.get(user=kari).role == Role.MARKETER


def test_without_invitation_sign_up_is_closed(db: None, settings: Settings) -> None:
    settings.OPEN_SIGN_UP = False

    page = Client().get(reverse("account_signup"))
    Client().post(reverse("account_signup"), ANSWERS)

    assert "You need an invitation" in page.content.decode()
    assert not User.objects.exists()


def test_revoked_invitation_closes_sign_up_again(
    letter: Invitation, admin: Membership, settings: Settings
) -> None:
    settings.OPEN_SIGN_UP = False
    client = Client()
    client.get(letter.path)
    revoke(letter, by=admin.user)

    client.post(reverse("account_signup"), ANSWERS)

    assert not User.objects.filter(email="kari@example.org").exists()
    assert client.get(PAGE).status_code == 404


def test_door_leads_to_the_invitation_of_its_own_link(
    letter: Invitation, admin: Membership, client_as: ClientAs
) -> None:
    person = UserFactory.create()
    own, _token = invite(admin.workspace, by=admin.user, role=Role.READER)
    invite(admin.workspace, by=admin.user, role=Role.MANAGER)
    client = client_as(person)
    client.get(own.path)

    client.post(PAGE)

    assert Membership.objects.get(user=person).role == Role.READER


def test_inviter_who_may_no_longer_invite_closes_door_page_and_sign_up(
    letter: Invitation, admin: Membership, settings: Settings
) -> None:
    settings.OPEN_SIGN_UP = False
    client = Client()
    client.get(letter.path)
    Membership.objects.filter(pk=admin.pk).update(role=Role.MANAGER)

    client.post(reverse("account_signup"), ANSWERS)

    assert not User.objects.filter(email="kari@example.org").exists()
    assert client.get(PAGE).status_code == 404
    assert client.get(letter.path).status_code == 404


def test_newer_link_closes_the_page_of_the_older_one(letter: Invitation, admin: Membership) -> None:
    client = Client()
    client.get(letter.path)

    send_again(letter, by=admin.user)

    assert client.get(PAGE).status_code == 404


def test_existing_person_signs_in_and_accepts(link: Invitation) -> None:
    person = UserFactory.create()
    client = Client()
    client.get(link.path)

    response = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})

    assert response.headers["Location"] == PAGE
    assert client.post(PAGE).headers["Location"] == "/w/fjordlys/"
    assert client.post(PAGE).status_code == 404  # a second press: it is used up


def test_wrong_account_is_told_and_can_sign_out(letter: Invitation, client_as: ClientAs) -> None:
    client = client_as(UserFactory.create(email="other@example.org"))
    client.get(letter.path)

    page = client.get(PAGE).content.decode()

    assert "you are signed in as other@example.org" in page
    assert client.post(PAGE).status_code == 409
    out = client.post(reverse("account_logout"), {"next": letter.path})
    assert out.headers["Location"] == letter.path
    assert Invitation.objects.open().exists()


def test_member_is_led_in(link: Invitation, reader: Membership, client_as: ClientAs) -> None:
    client = client_as(reader)
    client.get(link.path)

    assert "member there already" in client.get(PAGE).content.decode()
    assert client.post(PAGE).headers["Location"] == "/w/fjordlys/"
    assert Invitation.objects.open().exists()
    assert client.get(PAGE).status_code == 404  # the door is forgotten, not used up


def test_page_knows_who_looks_at_it(
    letter: Invitation,
    link: Invitation,
    reader: Membership,
    stranger: Membership,
    client_as: ClientAs,
) -> None:
    def seen(client: Client, invitation: Invitation) -> dict[str, bool]:
        client.get(invitation.path)
        context = client.get(PAGE).context
        return {name: context[name] for name in ("has_account", "is_wrong_account", "is_member")}

    nobody = {"has_account": False, "is_wrong_account": False, "is_member": False}
    left = MembershipFactory.create(workspace=link.workspace, left_at=reader.joined_at)

    assert seen(Client(), letter) == nobody
    assert seen(Client(), link) == nobody
    assert seen(client_as(stranger), link) == nobody
    assert seen(client_as(left), link) == nobody
    assert seen(client_as(reader), link) == {**nobody, "is_member": True}
    assert seen(client_as(stranger), letter) == {**nobody, "is_wrong_account": True}
    kari = UserFactory.create(email="Kari@Example.org")
    assert seen(Client(), letter) == {**nobody, "has_account": True}
    assert seen(client_as(kari), letter) == {**nobody, "has_account": True}


def test_wrong_used_and_revoked_tokens_look_the_same(
    letter: Invitation, link: Invitation, admin: Membership
) -> None:
    revoke(letter, by=admin.user)

    pages = [Client().get(path) for path in (letter.path, "/invitations/nonsense/")]

    assert [page.status_code for page in pages] == [404, 404]
    assert "Fjordlys" not in pages[0].content.decode()


def test_anonymous_post_leads_to_sign_in(link: Invitation) -> None:
    client = Client()
    client.get(link.path)

    assert client.post(PAGE).headers["Location"] == reverse("account_login")
    assert Client().get(PAGE).status_code == 404
    assert client.put(PAGE).status_code == 405
