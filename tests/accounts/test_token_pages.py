"""Pages whose address holds a secret, and forms that a password manager reads."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from members.services import invite
from notifications.less_email import address_for
from notifications.preferences import choosable
from tests.conftest import ClientAs
from tests.crawl.addresses import addresses
from tests.factories import PASSWORD, AddressFactory, UserFactory
from workspaces.models import Membership

pytestmark = pytest.mark.django_db

SECRET_PARTS = {"key", "token"}


def refuses_to_be_kept(response: Any) -> bool:
    kept = "no-store" not in response.headers["Cache-Control"]
    return not kept and response.headers["Referrer-Policy"] == "no-referrer"


def test_every_page_with_a_secret_in_its_address_is_kept_nowhere() -> None:
    wrong = {
        "account_confirm_email": {"key": "abc123"},
        "account_reset_password_from_key": {"uidb36": "a1", "key": "abc123"},
        "less_email:less": {"token": "abc123"},
        "less_email:stop": {"token": "abc123"},
        "members:accept": {"token": "abc123"},
        "shared:document": {"token": "abc123"},
        "shared:document_file": {"token": "abc123", "format": "markdown"},
        "shared:sheet": {"token": "abc123"},
        "shared:sheet_file": {"token": "abc123", "format": "markdown"},
    }
    found = {address.name for address in addresses() if SECRET_PARTS & set(address.parts)}

    assert found == set(wrong)
    for name, parts in wrong.items():
        response = Client().get(reverse(name, kwargs=parts))
        assert response.status_code == 404 or refuses_to_be_kept(response), name


@pytest.mark.parametrize("page", ["less", "stop"])
def test_link_to_fewer_emails_is_kept_nowhere(page: str, admin: Membership) -> None:
    kind = next(choosable())
    path = urlsplit(address_for(admin.user, kind, page=page)).path

    assert refuses_to_be_kept(Client().get(path))


def test_open_secrets_are_kept_nowhere_either(admin: Membership) -> None:
    unconfirmed = AddressFactory.create(
        user=UserFactory.create(), email="new@example.org", verified=False, primary=False
    )
    letter, _token = invite(admin.workspace, by=admin.user, role="reader", email="x@example.org")
    key = EmailConfirmationHMAC(unconfirmed).key

    for path in (letter.path, reverse("account_confirm_email", args=[key]), reset_path(admin.user)):
        client = Client()
        response = client.get(path)
        page = client.get(response.headers["Location"])
        assert refuses_to_be_kept(response), path
        assert "no-store" in page.headers["Cache-Control"]
        # Without a referrer a browser sends "Origin: null" with a form, and Django refuses that.
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert path not in page.content.decode()


def reset_path(person: User) -> str:
    Client().post(reverse("account_reset_password"), {"email": person.email})
    found = re.search(r"http://[^/]+(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def username_in(page: str) -> str:
    """Return the value of the one field that a password manager takes for the user's name."""
    (field,) = re.findall(r'<input[^>]*autocomplete="username"[^>]*>', page)
    found = re.search(r'value="([^"]*)"', field)
    return found[1] if found else ""


def test_pages_with_a_new_password_say_whose(reader: Membership, client_as: ClientAs) -> None:
    client, without = client_as(reader), UserFactory.create(email="none@example.org")
    without.set_unusable_password()
    without.save()

    change = client.get(reverse("account_change_password"))
    choose = client_as(without).get(reverse("account_set_password"))
    reset = Client().get(reset_path(reader.user), follow=True)

    assert username_in(change.content.decode()) == reader.user.email
    assert username_in(choose.content.decode()) == "none@example.org"
    assert username_in(reset.content.decode()) == reader.user.email


@pytest.mark.parametrize("name", ["account_signup", "account_login"])
def test_address_is_the_username_where_it_is_typed(name: str, settings: Settings) -> None:
    settings.OPEN_SIGN_UP = True

    assert username_in(Client().get(reverse(name)).content.decode()) == ""


# --- which addresses exist


def answer_to_sign_up(email: str) -> tuple[int, str, str]:
    """Return what somebody sees who signs up with ``email``; only the address differs."""
    client = Client()
    values = {"name": "X", "email": email, "password1": "a guess of many words"}
    response = client.post(reverse("account_signup"), values)
    page = client.get(response.headers["Location"]).content.decode()
    page = re.sub(r'value="[^"]{64}"', "", page.replace(email, "…"))
    return response.status_code, response.headers["Location"], page


def test_sign_up_answers_alike_for_known_and_unknown_addresses(settings: Settings) -> None:
    settings.OPEN_SIGN_UP = True
    UserFactory.create(email="known@example.org")

    known, unknown = map(answer_to_sign_up, ("known@example.org", "unknown@example.org"))

    assert known == unknown
    assert [letter.subject for letter in mail.outbox] == [
        "You have an account already",
        "Confirm your email address",
    ]


def test_adding_an_address_answers_alike_for_known_and_unknown_ones(
    reader: Membership, client_as: ClientAs
) -> None:
    UserFactory.create(email="a-known@example.org")
    client = client_as(reader)
    pages = []

    for email in ("a-known@example.org", "an-unknown@example.org"):
        values = {"action_add": "", "email": email}
        page = client.post(reverse("account_email"), values, follow=True).content.decode()
        pages.append(re.sub(r'value="[^"]{64}"', "", page.replace(email, "…")))
        EmailAddress.objects.filter(email=email, user=reader.user).delete()

    assert pages[0] == pages[1]
    assert reader.user.check_password(PASSWORD)
