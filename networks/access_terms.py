"""When an access is to be confirmed, and who counts as one person: no database."""

import uuid
from datetime import date, timedelta

from networks.enums import AccessLevel, ConfirmationState

#: Admins and people from outside are confirmed every 90 days, all others every 180.
CONFIRM_OFTEN = timedelta(days=90)
CONFIRM_SELDOM = timedelta(days=180)
#: How long before its day a confirmation is shown as coming.
SOON = timedelta(days=14)

_OUTSIDERS = uuid.UUID("2b7f1c0e-3a0b-5c3e-9a55-6a6b5f0d8f11")


def confirm_by(confirmed_on: date | None, *, level: str, is_external: bool) -> date | None:
    """Return the day on which an access is to be confirmed again; None where it never was."""
    if confirmed_on is None:
        return None
    is_often = level == AccessLevel.ADMIN or is_external
    return confirmed_on + (CONFIRM_OFTEN if is_often else CONFIRM_SELDOM)


def confirmation_state(by_on: date | None, today: date) -> ConfirmationState:
    """Return how an access stands that is to be confirmed by a day (None: it never was)."""
    if by_on is None:
        return ConfirmationState.NEVER
    if by_on <= today:
        return ConfirmationState.DUE
    return ConfirmationState.SOON if by_on <= today + SOON else ConfirmationState.CONFIRMED


def outsider_name(name: str, company: str) -> str:
    """Return what somebody from outside is called: the name with the company behind it."""
    return f"{name} ({company})" if company else name


def outsider_uid(workspace: int, name: str, company: str) -> uuid.UUID:
    """Return the uid by which all accesses of one outsider are found in a workspace."""
    return uuid.uuid5(_OUTSIDERS, f"{workspace}\n{name.casefold()}\n{company.casefold()}")
