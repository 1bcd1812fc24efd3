"""Making people and changing oneself."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from accounts.models import User
from core.rows import claim_revision

PROFILE = ("name", "timezone", "language")


@transaction.atomic
def create_person(
    *, email: str, name: str, password: str | None, is_staff: bool = False, **fields: Any
) -> User:
    """Create a person whose address counts as confirmed; without a password none signs them in.

    Raises ValidationError for a weak password.
    """
    user = User(email=email.lower(), name=name, is_staff=is_staff, **fields)
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@transaction.atomic
def change_profile(user: User, *, name: str, timezone: str, language: str, expected: int) -> None:
    """Write what the person says of themself; raise Conflict when it is past ``expected``."""
    claim_revision(user, expected)
    user.name, user.timezone, user.language = name, timezone, language
    user.save(update_fields=PROFILE)
