"""An address that is not confirmed gives no right, whoever typed it."""

import re
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.addresses import account_of, confirm_address
from accounts.models import User
from accounts.services import trust_only
from members.services import invite
from tests.conftest import ClientAs
from tests.factories import PASSWORD, AddressFactory, MembershipFactory, UserFactory
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db

VICTIM = "victim@example.org"
GUESSED = "what the attacker typed"
CHOSEN = "what the owner typed later"


@pytest.fixture(autouse=True)
def _open(settings: Settings) -> None:
    settings.OPEN_SIGN_UP = True


def sign_up(client: Client, email: str = VICTIM, password: str = GUESSED) -> str:
    """Sign up and return where it leads."""
    answers = {"name": "Somebody", "email": email, "password1": password}
    return client.post(reverse("account_signup"), answers).headers["Location"]


def sign_in(email: str, password: str) -> bool:
    """Return whether a new browser gets in with them."""
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return "_auth_user_id" in client.session


def link_in_last_letter(kind: str) -> str:
    found = re.search(rf"http://[^/]+(/accounts/{kind}/\S+/)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def reset(email: str, password: str) -> str:
    """Choose a new password by the link sent to ``email``; return the page that says so."""
    client = Client()
    client.post(reverse("account_reset_password"), {"email": email})
    page = client.get(link_in_last_letter("password/reset/key"), follow=True)
    values = {"password1": password, "password2": password}
    return client.post(page.redirect_chain[-1][0], values, follow=True).content.decode()


def legacy(*addresses: tuple[str, bool]) -> User:
    """A person of the time when nothing had to be confirmed; the first address is the primary."""
    user = UserFactory.create(email=addresses[0][0], address=None)
    for number, (email, verified) in enumerate(addresses):
        AddressFactory.create(user=user, email=email, verified=verified, primary=number == 0)
    return user


# --- signing up and in


def test_nobody_is_signed_in_before_confirming() -> None:
    client = Client()

    assert sign_up(client) == reverse("account_email_verification_sent")

    assert client.get("/workspaces/new/").status_code == 302
    assert not sign_in(VICTIM, GUESSED)


def test_session_of_somebody_who_confirmed_nothing_opens_nothing(
    workspace: Workspace, client_as: ClientAs
) -> None:
    person = legacy((VICTIM, False))
    client = client_as(MembershipFactory.create(workspace=workspace, user=person))

    for page in ("/w/fjordlys/people/", "/workspaces/new/", reverse("account_email")):
        assert client.get(page).headers["Location"].startswith("/accounts/login/")


def test_who_signed_up_confirms_with_one_press_and_is_signed_in() -> None:
    client = Client()
    sign_up(client)

    client.post(link_in_last_letter("confirm-email"))

    assert client.get("/workspaces/new/").status_code == 200


def test_confirming_in_another_browser_asks_for_the_password() -> None:
    sign_up(Client())
    link, client = link_in_last_letter("confirm-email"), Client()

    page = client.get(link, follow=True).content.decode()
    client.post(link)
    client.post(link, {"password": "not that one"})

    assert 'type="password"' in page
    assert not EmailAddress.objects.get().verified
    assert client.post(link, {"password": GUESSED}).headers["Location"] == "/"
    assert EmailAddress.objects.get().verified
    assert client.get("/workspaces/new/").status_code == 200


def test_link_of_another_account_signs_nobody_out(reader: Membership, client_as: ClientAs) -> None:
    sign_up(Client())
    client = client_as(reader)

    assert (
        'type="password"'
        in client.get(link_in_last_letter("confirm-email"), follow=True).content.decode()
    )
    assert client.get("/w/fjordlys/people/").status_code == 200


def test_demo_on_this_machine_asks_for_no_confirmation(settings: Settings) -> None:
    settings.DEMO_SIGN_INS = True
    client = Client()

    assert sign_up(client) == "/"
    client.post(reverse("account_email"), {"action_add": "", "email": "second@example.org"})

    assert set(EmailAddress.objects.values_list("email", "verified")) == {
        (VICTIM, True),
        ("second@example.org", True),
    }
    assert mail.outbox == []


# --- signing up with somebody else's address


def test_owner_resets_the_password_of_an_account_made_with_their_address() -> None:
    sign_up(Client())

    page = reset(VICTIM, CHOSEN)

    assert "signed out in every browser" in page
    assert EmailAddress.objects.get().verified
    assert sign_in(VICTIM, CHOSEN)
    assert not sign_in(VICTIM, GUESSED)


def test_second_sign_up_of_the_owner_leads_to_a_reset_not_to_the_strangers_password() -> None:
    sign_up(Client())

    assert sign_up(Client(), password=CHOSEN) == reverse("account_email_verification_sent")

    assert User.objects.count() == 1
    assert not sign_in(VICTIM, CHOSEN)
    reset(VICTIM, CHOSEN)
    assert sign_in(VICTIM, CHOSEN)


def test_invited_owner_takes_over_an_account_made_with_their_address(admin: Membership) -> None:
    sign_up(Client())
    letter, _token = invite(admin.workspace, by=admin.user, role="reader", email=VICTIM)
    client = Client()
    client.get(letter.path)

    page = client.get("/invitations/").content.decode()
    assert sign_up(client, password=CHOSEN) == "/invitations/"

    assert "Create an account" in page
    assert client.post("/invitations/").headers["Location"] == "/w/fjordlys/"
    assert not sign_in(VICTIM, GUESSED)
    assert sign_in(VICTIM, CHOSEN)


def test_closed_account_is_not_opened_by_an_invitation(admin: Membership) -> None:
    sign_up(Client())
    User.objects.filter(email=VICTIM).update(is_active=False)
    letter, _token = invite(admin.workspace, by=admin.user, role="reader", email=VICTIM)
    client = Client()
    client.get(letter.path)

    sign_up(client, password=CHOSEN)

    assert not User.objects.get(email=VICTIM).check_password(CHOSEN)


# --- somebody else's address as the second one


@pytest.fixture
def attacker() -> User:
    return legacy(("attacker@example.org", True), (VICTIM, False))


def test_address_added_by_a_stranger_resets_no_password(attacker: User) -> None:
    Client().post(reverse("account_reset_password"), {"email": VICTIM})

    assert mail.outbox == []


def test_address_added_by_a_stranger_signs_nobody_in(attacker: User) -> None:
    assert not sign_in(VICTIM, PASSWORD)


def test_address_added_by_a_stranger_is_free_to_sign_up_with(attacker: User) -> None:
    client = Client()

    sign_up(client, password=CHOSEN)
    client.post(link_in_last_letter("confirm-email"))

    assert User.objects.get(email=VICTIM) != attacker
    assert set(EmailAddress.objects.filter(user=attacker).values_list("email", flat=True)) == {
        "attacker@example.org"
    }
    assert sign_in(VICTIM, CHOSEN)


def test_address_added_by_a_stranger_cannot_become_the_first(
    attacker: User, client_as: ClientAs
) -> None:
    values = {"action_primary": "", "email": VICTIM}

    client_as(attacker).post(reverse("account_email"), values)

    attacker.refresh_from_db()
    assert attacker.email == "attacker@example.org"


def test_stranger_with_the_first_address_of_somebody_loses_it_when_they_sign_up() -> None:
    """The account of the attack: a first address of somebody else's, a second one of one's own."""
    attacker = legacy((VICTIM, False), ("attacker@example.org", True))
    client = Client()

    Client().post(reverse("account_reset_password"), {"email": VICTIM})
    assert mail.outbox == []
    sign_up(client, password=CHOSEN)
    client.post(link_in_last_letter("confirm-email"))

    attacker.refresh_from_db()
    assert attacker.email == "attacker@example.org"
    assert account_of(VICTIM) not in {None, attacker}


def test_invitation_is_not_for_a_stranger_who_added_its_address(
    attacker: User, admin: Membership, client_as: ClientAs
) -> None:
    """Without the letter; whoever has that reads the mail of the address."""
    invite(admin.workspace, by=admin.user, role="reader", email=VICTIM)

    assert client_as(attacker).get("/invitations/").status_code == 404


def test_invitation_is_not_for_who_added_an_address_that_another_account_confirmed(
    attacker: User, admin: Membership, client_as: ClientAs
) -> None:
    UserFactory.create(email=VICTIM)
    letter, _token = invite(admin.workspace, by=admin.user, role="reader", email=VICTIM)
    client = client_as(attacker)
    client.get(letter.path)

    assert client.post("/invitations/").status_code == 409
    assert EmailAddress.objects.filter(email=VICTIM, verified=True).get().user != attacker


def test_confirming_a_second_address_keeps_it(client_as: ClientAs) -> None:
    person = UserFactory.create()
    client = client_as(person)
    client.post(reverse("account_email"), {"action_add": "", "email": "second@example.org"})

    client.post(link_in_last_letter("confirm-email"))

    assert EmailAddress.objects.filter(user=person, verified=True).count() == 2
    assert client.get("/profile/").status_code == 200


def test_who_accepts_with_an_account_of_their_own_is_told_of_no_other_browsers(
    admin: Membership, client_as: ClientAs
) -> None:
    person = UserFactory.create(email=VICTIM)
    letter, _token = invite(admin.workspace, by=admin.user, role="reader", email=VICTIM)
    client = client_as(person)
    client.get(letter.path)

    page = client.post("/invitations/", follow=True).content.decode()

    assert "Welcome to" in page
    assert "other browsers" not in page


def test_letter_of_an_invitation_proves_an_address_that_was_added(
    admin: Membership, client_as: ClientAs
) -> None:
    person = legacy(("work@example.org", True), (VICTIM, False), ("typo@example.org", False))
    letter, _token = invite(admin.workspace, by=admin.user, role="reader", email=VICTIM)
    client, elsewhere = client_as(person), client_as(person)
    client.get(letter.path)

    page = client.post("/invitations/", follow=True).content.decode()

    assert "Removed from your account, because never confirmed: typo@example.org." in page
    assert "You are signed out in all other browsers." in page
    assert client.get("/w/fjordlys/people/").status_code == 200
    assert elsewhere.get("/w/fjordlys/people/").status_code == 302
    assert set(EmailAddress.objects.filter(user=person).values_list("email", "verified")) == {
        ("work@example.org", True),
        (VICTIM, True),
    }


def test_reset_removes_what_was_never_confirmed_and_says_so(client_as: ClientAs) -> None:
    person = legacy(("work@example.org", True), ("typo@example.org", False))
    elsewhere = client_as(person)

    page = reset("work@example.org", CHOSEN)

    assert "Removed from your account, because never confirmed: typo@example.org." in page
    assert elsewhere.get("/profile/").status_code == 302
    assert EmailAddress.objects.filter(user=person).count() == 1


def test_link_takes_the_address_from_an_account_that_never_confirmed_it(
    client_as: ClientAs,
) -> None:
    sign_up(Client())
    person = UserFactory.create()
    AddressFactory.create(user=person, email=VICTIM, verified=False, primary=False)
    client = client_as(person)

    key = EmailConfirmationHMAC(EmailAddress.objects.get(user=person, email=VICTIM)).key
    client.post(reverse("account_confirm_email", args=[key]))
    client.post(reverse("account_email"), {"action_primary": "", "email": VICTIM})

    person.refresh_from_db()
    assert person.email == VICTIM
    assert EmailAddress.objects.filter(email=VICTIM).count() == 1


# --- services


def test_confirming_takes_the_address_from_an_account_that_never_did() -> None:
    sign_up(Client())
    person = UserFactory.create()

    confirm_address(person, VICTIM)

    assert account_of(VICTIM) == person
    assert not User.objects.filter(email=VICTIM).exists()


def test_account_with_a_past_that_loses_its_address_is_locked_not_deleted() -> None:
    past = MembershipFactory.create(user=legacy((VICTIM, False))).user

    confirm_address(UserFactory.create(), VICTIM)

    past.refresh_from_db()
    assert not past.is_active
    assert account_of(VICTIM) != past


def test_trusting_one_address_ends_sessions_and_keeps_the_password(client_as: ClientAs) -> None:
    person = UserFactory.create(email=VICTIM)
    client = client_as(person)

    trust_only(person, VICTIM)

    assert client.get("/profile/").status_code == 302
    assert sign_in(VICTIM, PASSWORD)


def test_migration_makes_a_confirmed_address_the_first() -> None:
    person = legacy((VICTIM, False), ("own@example.org", True), ("later@example.org", True))
    untouched = legacy(("first@example.org", True), ("other@example.org", False))
    migration = import_module("accounts.migrations.0003_confirmed_addresses_first")

    migration.confirmed_addresses_first(apps, None)

    person.refresh_from_db()
    untouched.refresh_from_db()
    assert (person.email, untouched.email) == ("own@example.org", "first@example.org")
    assert EmailAddress.objects.get(user=person, primary=True).email == "own@example.org"
