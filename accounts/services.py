"""Making people and changing oneself."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import F

from accounts.addresses import confirm_address
from accounts.models import User
from core.exceptions import Conflict
from core.seen import mark_of

PROFILE = ("name", "timezone", "language")


@transaction.atomic
def create_person(
    *, email: str, name: str, password: str, is_staff: bool = False, **fields: Any
) -> User:
    """Create a person whose address counts as confirmed. Raises ValidationError for a weak password."""
    user = User(email=email.lower(), name=name, is_staff=is_staff, **fields)
    validate_password(password, user)
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def profile_seen(user: User) -> str:
    """Return a mark of the profile as it is, to tell a page from yesterday."""
    return mark_of(user, PROFILE)


@transaction.atomic
def change_profile(user: User, *, name: str, timezone: str, language: str, seen: str) -> None:
    """Write what the person says of themself, or raise Conflict when it is not as ``seen``."""
    current = User.objects.select_for_update().get(pk=user.pk)
    if profile_seen(current) != seen:
        raise Conflict
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
