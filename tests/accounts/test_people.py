"""Making people and changing oneself, by services."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.services import change_profile, create_person
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def test_person_is_made_with_an_address_that_counts_as_confirmed() -> None:
    person = create_person(email="Kari@Example.org", name="Kari", password=PASSWORD)

    person.refresh_from_db()
    assert (person.email, person.name, person.is_staff) == ("kari@example.org", "Kari", False)
    assert person.check_password(PASSWORD)
    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.verified, address.primary) == ("kari@example.org", True, True)


@pytest.mark.parametrize("weak", ["short", "password1234", "kari@example.org"])
def test_person_with_a_weak_password_is_not_made(weak: str) -> None:
    with pytest.raises(ValidationError):
        create_person(email="kari@example.org", name="Kari", password=weak)

    assert not User.objects.exists()


def test_manager_makes_people_by_their_address() -> None:
    person = User.objects.create_user("Kari@Example.org", PASSWORD, name="Kari")

    person.refresh_from_db()
    assert person.email == "kari@example.org"
    assert person.check_password(PASSWORD)
    with pytest.raises(ValueError, match="needs an email address"):
        User.objects.create_user("", PASSWORD)


def test_profile_is_written_and_nothing_else() -> None:
    person = UserFactory.create()
    stale = User.objects.get(pk=person.pk)
    User.objects.filter(pk=person.pk).update(email="new@example.org")

    change_profile(stale, name="Kari", timezone="Asia/Tokyo", language="nb", expected=1)

    person.refresh_from_db()
    assert (person.name, person.timezone, person.language) == ("Kari", "Asia/Tokyo", "nb")
    assert person.email == "new@example.org"
