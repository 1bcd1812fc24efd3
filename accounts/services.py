"""Making people and changing oneself."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import F

from accounts.addresses import confirm_address
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


@transaction.atomic
def take_over(user: User, *, password: str) -> None:
    """Give an account that confirmed nothing so far to whoever proved that its address is theirs.

    The old password and every session end with it.
    """
    user.set_password(password)
    user.save(update_fields=["password"])
    confirm_address(user, user.email)


@transaction.atomic
def trust_only(user: User, email: str) -> list[str]:
    """Record that ``email`` was proven, and end every session of ``user``.

    Returns the unconfirmed addresses that were removed. ``user`` is left as it is stored, so that
    the caller can go on with a session of its own.
    """
    removed = confirm_address(user, email)
    User.objects.filter(pk=user.pk).update(session_edition=F("session_edition") + 1)
    user.refresh_from_db()
    return removed
