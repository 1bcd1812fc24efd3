"""What strangers see at ``/``."""

import re
from pathlib import Path

import pytest
from django.conf import settings as current
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from members.services import invite
from workspaces.enums import Role
from workspaces.models import Membership

KILOBYTES_AT_MOST = 60


def front_door(client: Client | None = None) -> str:
    answer = (client or Client()).get("/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_stranger_reads_what_it_is_and_how_to_come_in(db: None, settings: Settings) -> None:
    settings.OPEN_SIGN_UP = True

    page = front_door()

    assert page.count("<h1>") == page.count("btn-primary") == 1
    assert "Create an account" in page
    assert reverse("account_signup") in page
    assert reverse("account_login") in page
    assert "Look around the demo" not in page


def test_stranger_asks_for_an_invitation_where_sign_up_is_closed(
    db: None, settings: Settings
) -> None:
    settings.OPEN_SIGN_UP = False

    page = front_door()

    assert "Ask for an invitation" in page
    assert "Create an account" not in page


def test_demo_offers_its_people(manager: Membership, settings: Settings) -> None:
    settings.DEMO_SIGN_INS = True
    User.objects.filter(pk=manager.user_id).update(is_demo=True)

    page = front_door()

    assert "Look around the demo" in page
    assert reverse("demo_sign_in", args=["manager"]) in page


def test_previews_name_addresses_of_the_site_whatever_host_was_asked(
    db: None, settings: Settings
) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://planner.example.org", ["elsewhere.example"]

    page = front_door(Client(HTTP_HOST="elsewhere.example"))

    assert "elsewhere.example" not in page
    assert '<link rel="canonical" href="https://planner.example.org/">' in page
    image = re.search(r'<meta property="og:image" content="([^"]+)">', page)
    assert image
    assert image[1].startswith("https://planner.example.org/static/pictures/")
    assert page.count('<meta name="description"') == 1
    assert "noindex" not in page


@pytest.mark.parametrize("look", ["light", "dark"])
def test_pictures_are_small(look: str) -> None:
    picture = Path(current.BASE_DIR, f"static/pictures/month-{look}.webp")

    assert picture.stat().st_size <= KILOBYTES_AT_MOST * 1024


def test_invitation_says_in_short_what_it_is_and_is_not_indexed(admin: Membership) -> None:
    _invitation, token = invite(admin.workspace, role=Role.MARKETER, by=admin.user)
    client = Client()

    page = client.get(reverse("members:accept", args=[token]), follow=True).content.decode()

    assert "Answer." in page
    assert "Review." in page
    assert "Act." in page
    assert "noindex" in page
