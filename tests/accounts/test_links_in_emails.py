"""Addresses in emails come from SITE_URL alone, whatever host the request names."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from core.site import site_address
from scripts.install import ROOT, below
from tests.conftest import ClientAs
from tests.factories import PASSWORD
from workspaces.models import Membership

pytestmark = pytest.mark.django_db

ELSEWHERE = {"Host": "localhost:6666", "X-Forwarded-Host": "evil.example"}


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.SITE_URL = "https://planner.example.org"
    settings.OPEN_SIGN_UP = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


def addresses() -> list[str]:
    """Return every address of the emails that were sent."""
    return [found for letter in mail.outbox for found in re.findall(r"\S+://\S+", str(letter.body))]


def test_letters_of_signing_in_ignore_the_host_of_the_request(
    reader: Membership, client_as: ClientAs
) -> None:
    person = {"name": "Kari", "email": "kari@example.org", "password1": PASSWORD}
    Client().post(
        reverse("account_reset_password"), {"email": reader.user.email}, headers=ELSEWHERE
    )
    Client().post(reverse("account_signup"), person, headers=ELSEWHERE)
    known = {**person, "email": reader.user.email, "password1": "another long secret"}
    Client().post(reverse("account_signup"), known, headers=ELSEWHERE)
    more = {"action_add": "", "email": "rita@example.org"}
    client_as(reader).post(reverse("account_email"), more, headers=ELSEWHERE)

    assert len(mail.outbox) == 4
    assert len(addresses()) == 4
    assert all(found.startswith("https://planner.example.org/accounts/") for found in addresses())


def test_link_of_an_invitation_ignores_the_host_of_the_request(
    admin: Membership, client_as: ClientAs
) -> None:
    sent = {"way": "link", "role": "reader", "engagement": "employee"}

    page = client_as(admin).post(
        reverse("members:invite", args=["fjordlys"]), sent, headers=ELSEWHERE, follow=True
    )

    assert "https://planner.example.org/invitations/" in page.text
    assert "localhost:6666" not in page.text


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("/w/fjordlys/", "https://planner.example.org/w/fjordlys/"),
        ("/a/?b=c", "https://planner.example.org/a/?b=c"),
        ("http://evil.example/a/", "https://planner.example.org/a/"),
        ("//evil.example/a/", "https://planner.example.org/a/"),
    ],
)
def test_site_address(address: str, whole: str) -> None:
    assert site_address(address) == whole


def test_nothing_of_ours_asks_a_request_for_its_host() -> None:
    asking = re.compile(r"build_absolute_uri|get_current_site|\.get_host\(|HTTP_HOST")

    assert [
        str(path)
        for path in below(ROOT)
        if path.suffix == ".py" and asking.search(path.read_text(encoding="utf-8"))
    ] == []
