"""Who has access to the museum's channels, with one of each thing that is to look at."""

from datetime import timedelta
from typing import Any

from activity.models import Record
from demo.museum import Museum
from networks.enums import AccessLevel, LoginKind, TwoFactor
from networks.models import AccessGrant
from networks.services_access import add_access
from notifications.models import Notification

WRITTEN = (AccessGrant, Record, Notification)
DAYS_AGO = 130  # when the register was begun

ADMIN, EDITOR = AccessLevel.ADMIN, AccessLevel.EDITOR
VAULT = "1Password, vault Marketing"
SAFE = "Safe in the office, envelope Front desk"
PHOTOGRAPHER = {
    "outsider_name": "Mette Krogh",
    "outsider_company": "Krogh Foto",
    "outsider_email": "mette@krogh.example",
}
AGENCY = {
    "outsider_name": "Oskar Lind",
    "outsider_company": "Kystlyd film",
    "outsider_email": "oskar@kystlyd.example",
}

# Channel, the member's key or the outsider, level, days since it was confirmed, what else is said.
# A day in “ends” counts from today.
ACCESSES: tuple[tuple[str, str | dict[str, str], AccessLevel, int, dict[str, Any]], ...] = (
    (
        "instagram",
        "marketer",
        ADMIN,
        21,
        {"two_factor": TwoFactor.YES, "holds_recovery_email": True},
    ),
    (
        "instagram",
        "manager",
        ADMIN,
        21,
        {"two_factor": TwoFactor.YES, "holds_recovery_phone": True},
    ),
    ("instagram", "contributor", EDITOR, 21, {"two_factor": TwoFactor.YES}),
    ("instagram", PHOTOGRAPHER, EDITOR, 40, {"ends": -6, "two_factor": TwoFactor.YES}),
    ("facebook", "henrik", ADMIN, 112, {"two_factor": TwoFactor.YES, "holds_recovery_email": True}),
    ("facebook", "marketer", ADMIN, 112, {"two_factor": TwoFactor.YES}),
    ("facebook", "leila", AccessLevel.ANALYST, 112, {"two_factor": TwoFactor.YES}),
    (
        "facebook",
        "ane",
        EDITOR,
        30,
        {"login": LoginKind.SHARED, "two_factor": TwoFactor.NO, "password_place": SAFE},
    ),
    ("linkedin", "manager", ADMIN, 34, {"two_factor": TwoFactor.YES}),
    ("linkedin", "leila", ADMIN, 34, {"two_factor": TwoFactor.YES}),
    ("linkedin", "ane", EDITOR, 34, {}),
    ("youtube", "marketer", ADMIN, 12, {"two_factor": TwoFactor.YES, "holds_recovery_email": True}),
    ("youtube", "tomas", EDITOR, 12, {"two_factor": TwoFactor.YES, "ends": 74}),
    ("youtube", AGENCY, EDITOR, 12, {"ends": 11, "two_factor": TwoFactor.UNKNOWN}),
)


def note_accesses(museum: Museum) -> None:
    """Note them all at once, long ago; they were confirmed on different days since."""
    with museum.history.on(DAYS_AGO, hour=13, only=WRITTEN):
        for channel, person, level, days, more in ACCESSES:
            grant = add_access(
                museum.channels[channel],
                _values(museum, person, level, more),
                by=museum.users["marketer"],
                has_it_already=True,
            )
            AccessGrant.objects.filter(pk=grant.pk).update(
                confirmed_on=museum.today - timedelta(days=days)
            )


def _values(
    museum: Museum, person: str | dict[str, str], level: AccessLevel, more: dict[str, Any]
) -> dict[str, Any]:
    nobody = {"outsider_name": "", "outsider_company": "", "outsider_email": ""}
    who: dict[str, Any] = (
        {"member": museum.members[person], **nobody}
        if isinstance(person, str)
        else {"member": None, **person}
    )
    ends = more.get("ends")
    return {
        **who,
        "level": level,
        "login": LoginKind.PERSONAL,
        "two_factor": TwoFactor.UNKNOWN,
        "password_place": VAULT if isinstance(person, str) else "",
        "holds_recovery_email": False,
        "holds_recovery_phone": False,
        "starts_on": None,
        "ends_on": None if ends is None else museum.today + timedelta(days=ends),
    } | {name: value for name, value in more.items() if name != "ends"}
