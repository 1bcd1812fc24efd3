"""How often a password may be tried, and whom that keeps out."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import LimitCount, User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

HOME, ELSEWHERE = "192.0.2.1", "192.0.2.2"
TOO_MANY = "Too many tries"
GUESS = "guess number nine"


@pytest.fixture
def person() -> User:
    return UserFactory.create(email="kari@example.org")


def attempt(email: str, password: str = GUESS, *, at: str = HOME) -> str:
    """Try to sign in from the address ``at``; return where it leads, or the page that refuses."""
    values = {"login": email, "password": password}
    response = Client(REMOTE_ADDR=at).post(reverse("account_login"), values)
    return response.headers.get("Location") or response.content.decode()


def test_five_wrong_passwords_stop_the_sixth_try_from_the_same_address(person: User) -> None:
    pages = [attempt(person.email) for _number in range(6)]

    assert [TOO_MANY in page for page in pages] == [False] * 5 + [True]
    assert TOO_MANY in attempt(person.email.upper(), PASSWORD)


def test_wrong_passwords_keep_nobody_out_at_another_address(person: User) -> None:
    for _number in range(8):
        attempt(person.email)

    assert attempt(person.email, PASSWORD, at=ELSEWHERE) == "/"


def test_one_visitor_does_not_use_up_what_the_account_allows(
    person: User, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {
        **settings.ACCOUNT_RATE_LIMITS,
        "login_failed_account": "6/1h/key",
    }

    for _number in range(9):
        attempt(person.email)

    assert attempt(person.email, PASSWORD, at=ELSEWHERE) == "/"


def test_guesses_from_many_addresses_are_stopped_by_the_account(
    person: User, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {
        **settings.ACCOUNT_RATE_LIMITS,
        "login_failed_account": "6/1h/key",
    }

    pages = [attempt(person.email, at=f"198.51.100.{number}") for number in range(7)]

    assert [TOO_MANY in page for page in pages] == [False] * 6 + [True]
    assert TOO_MANY not in attempt("ole@example.org", at="198.51.100.1")


def test_guesses_at_many_accounts_are_stopped_by_the_address(
    person: User, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "6/5m/ip"}

    pages = [attempt(f"person{number}@example.org") for number in range(7)]

    assert [TOO_MANY in page for page in pages] == [False] * 6 + [True]
    assert TOO_MANY not in attempt(person.email, at=ELSEWHERE)


def test_limits_of_production_leave_room_for_the_right_person(settings: Settings) -> None:
    """What one visitor can reach in an hour is less than what the account allows."""
    here, account = (
        settings.ACCOUNT_RATE_LIMITS[name].split("/")
        for name in ("login_failed_here", "login_failed_account")
    )

    assert (here[1], account[1]) == ("5m", "1h")
    assert int(here[0]) * 60 / 5 < int(account[0])


def test_right_passwords_are_not_counted(person: User) -> None:
    assert {attempt(person.email, PASSWORD) for _number in range(8)} == {"/"}


def test_signing_up_is_no_way_to_try_passwords(person: User, settings: Settings) -> None:
    settings.OPEN_SIGN_UP = True
    wrong = {"name": "X", "email": person.email, "password1": "a guess of many words"}

    for _number in range(6):
        Client(REMOTE_ADDR=HOME).post(reverse("account_signup"), wrong)

    assert TOO_MANY in attempt(person.email, PASSWORD)


def test_counts_stand_in_the_database(person: User) -> None:
    attempt(person.email)

    assert LimitCount.objects.filter(cache_key__contains="login_failed_here").exists()
