"""Buttons pressed twice, in real threads."""

from functools import partial

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import LimitCount, User
from tests.at_once import at_once
from tests.factories import AddressFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

ANSWERS = {"name": "Kari", "email": "kari@example.org", "password1": "a quiet harbour at dawn"}


@pytest.mark.parametrize(("demo", "leads_to"), [(False, "/accounts/confirm-email/"), (True, "/")])
def test_sign_up_pressed_many_times_gives_one_answer_and_one_account(
    demo: bool, leads_to: str, settings: Settings
) -> None:
    settings.OPEN_SIGN_UP, settings.DEMO_SIGN_INS = True, demo

    def press() -> tuple[int, str]:
        response = Client().post(reverse("account_signup"), ANSWERS)
        return response.status_code, response.headers.get("Location", "")

    answers = at_once(*[press] * 8)

    assert set(answers) == {(302, leads_to)}
    assert User.objects.count() == 1


def test_one_address_confirmed_by_two_accounts_belongs_to_one() -> None:
    keys = []
    for number in range(2):
        person = UserFactory.create(email=f"person{number}@example.org")
        address = AddressFactory.create(
            user=person, email="shared@example.org", verified=False, primary=False
        )
        keys.append((person, EmailConfirmationHMAC(address).key))

    def confirm(person: User, key: str) -> int:
        client = Client()
        client.force_login(person)
        return client.post(reverse("account_confirm_email", args=[key])).status_code

    statuses = at_once(*[partial(confirm, *one) for one in keys])

    assert set(statuses) <= {302, 404}  # 404: taken from the account in between
    assert EmailAddress.objects.filter(email="shared@example.org", verified=True).count() == 1


def test_two_addresses_made_the_first_at_once_leave_one_first() -> None:
    person = UserFactory.create(email="first@example.org")
    emails = ["second@example.org", "third@example.org"]
    for email in emails:
        AddressFactory.create(user=person, email=email, primary=False)

    def make_first(email: str) -> int:
        client = Client()
        client.force_login(person)
        values = {"action_primary": "", "email": email}
        return client.post(reverse("account_email"), values).status_code

    for _round in range(5):
        LimitCount.objects.all().delete()
        assert at_once(*[partial(make_first, email) for email in emails * 3]) == [302] * 6

        person.refresh_from_db()
        assert EmailAddress.objects.get(user=person, primary=True).email == person.email
