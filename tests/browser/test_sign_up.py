"""Signing up in a browser of somewhere else."""

import re

import pytest
from django.core import mail
from django.test import Client
from playwright.sync_api import Browser, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_person_who_signs_up_has_the_browsers_time_zone(
    browser: Browser, live_server: LiveServer, settings: Settings
) -> None:
    settings.OPEN_SIGN_UP = True
    page = browser.new_page(base_url=live_server.url, timezone_id="America/Lima")
    page.goto("/accounts/signup/")

    page.get_by_label("Your name").fill("Rosa Quispe")
    page.get_by_label("Email address").fill("rosa@example.org")
    page.get_by_label("Password").fill("light over the water")
    page.get_by_role("button", name="Create the account").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your email")
    found = re.search(r"/accounts/confirm-email/\S+/", str(mail.outbox[0].body))
    assert found
    page.goto(found[0])
    page.get_by_role("button", name="Yes, it is mine").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Your workspaces")
    assert User.objects.get().timezone == "America/Lima"
    page.close()


def test_link_in_another_browser_asks_for_the_password(
    browser: Browser, live_server: LiveServer, settings: Settings
) -> None:
    settings.OPEN_SIGN_UP = True
    answers = {"name": "Rosa", "email": "rosa@example.org", "password1": "light over the water"}
    Client().post("/accounts/signup/", answers)
    found = re.search(r"/accounts/confirm-email/\S+/", str(mail.outbox[0].body))
    assert found
    page = browser.new_page(base_url=live_server.url)

    page.goto(found[0])
    page.get_by_label("Password").fill("light over the water")
    page.get_by_role("button", name="Yes, it is mine").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Your workspaces")
    page.close()
