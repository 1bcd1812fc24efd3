"""The support pages: for staff, to look things up, never a second way round a service."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.support import SupportAdmin
from tests.conftest import ClientAs
from tests.factories import PASSWORD, UserFactory
from workspaces.models import Membership

EVERY = list(admin.site._registry)


def named(model: type[models.Model]) -> str:
    return model._meta.label_lower


def page(model: type[models.Model], name: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


@pytest.fixture
def support(db: None, client_as: ClientAs) -> Client:
    return client_as(UserFactory.create(name="Sol Support", is_staff=True, is_superuser=True))


@pytest.mark.parametrize("model", EVERY, ids=named)
def test_every_list_can_be_read_and_searched_and_nothing_made(
    model: type[models.Model], support: Client
) -> None:
    assert isinstance(admin.site._registry[model], SupportAdmin)
    assert support.get(page(model, "changelist"), {"q": "x"}).status_code == 200
    assert support.get(page(model, "add")).status_code == 403
    assert support.post(page(model, "add")).status_code == 403


def test_pages_of_libraries_are_held_to_the_same_rules() -> None:
    assert EmailAddress in EVERY
    assert Group not in EVERY


def test_nothing_is_deleted_or_changed(support: Client, reader: Membership) -> None:
    change = page(Membership, "change", reader.pk)

    assert support.post(page(Membership, "delete", reader.pk), {"post": "yes"}).status_code == 403
    assert support.get(change).status_code == 200
    support.post(change, {"role": "admin", "engaged_until": "2020-01-01"})

    reader.refresh_from_db()
    assert (reader.role, reader.engaged_until) == ("reader", None)


def test_an_account_can_be_closed_and_nothing_else_in_it_changed(
    support: Client, reader: Membership
) -> None:
    values = {"email": "mine@example.org", "is_staff": "on", "is_superuser": "on"}

    support.post(page(User, "change", reader.user_id), values)  # without is_active

    person = User.objects.get(pk=reader.user_id)
    assert not person.is_active
    assert (person.email, person.is_staff, person.is_superuser) == (
        reader.user.email,
        False,
        False,
    )


def test_people_who_are_no_staff_are_refused_without_a_loop(
    admin: Membership, client_as: ClientAs
) -> None:
    response = client_as(admin).get(page(User, "changelist"), follow=True)

    assert response.status_code == 403
    assert len(response.redirect_chain) == 1


def test_support_is_entered_by_the_products_own_sign_in(db: None) -> None:
    UserFactory.create(email="sol@example.org", is_staff=True, is_superuser=True)
    client, wanted = Client(), page(User, "changelist")

    door = client.get("/support/login/", {"next": wanted}).headers["Location"]
    values = {"login": "sol@example.org", "password": PASSWORD}

    assert door == f"{reverse('account_login')}?next={wanted}"
    assert client.get(wanted).headers["Location"] == door
    assert client.post(door, values).headers["Location"] == wanted
    assert client.get(wanted).status_code == 200


@pytest.mark.parametrize("target", ["", "//elsewhere.example/", "https://elsewhere.example/", "x"])
def test_door_of_support_leads_nowhere_else(target: str, support: Client) -> None:
    assert support.get("/support/login/", {"next": target}).headers["Location"] == "/support/"


def test_no_password_can_be_tried_at_the_support_pages(db: None, support: Client) -> None:
    UserFactory.create(email="sol@example.org", is_staff=True, is_superuser=True)
    client = Client()

    client.post("/support/login/", {"username": "sol@example.org", "password": PASSWORD})

    assert "_auth_user_id" not in client.session
    change = support.post("/support/password_change/", {"old_password": PASSWORD})
    assert change.headers["Location"] == reverse("account_change_password")
