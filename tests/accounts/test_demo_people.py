"""Demo people: no password, and nowhere that others could reach."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.demo import refuse_demo_in_public
from accounts.models import User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def test_demo_people_lose_passwords_that_they_had() -> None:
    UserFactory.create(email="admin@fjordlys.example", is_demo=True)
    real = UserFactory.create(email="kari@example.org")

    call_command("secure_demo")
    Client().post(
        reverse("account_login"), {"login": "admin@fjordlys.example", "password": PASSWORD}
    )

    assert not User.objects.get(is_demo=True).has_usable_password()
    assert User.objects.get(is_demo=True).last_login is None
    assert User.objects.get(pk=real.pk).check_password(PASSWORD)


def test_a_database_with_demo_people_is_refused_where_others_could_reach_it(
    settings: Settings,
) -> None:
    settings.REFUSE_DEMO_PEOPLE = True
    refuse_demo_in_public()  # nobody is in it

    UserFactory.create(is_demo=True)

    with pytest.raises(ImproperlyConfigured, match="holds the demo"):
        refuse_demo_in_public()
    with pytest.raises(CommandError, match="holds the demo"):
        call_command("secure_demo")
    settings.REFUSE_DEMO_PEOPLE = False
    refuse_demo_in_public()
