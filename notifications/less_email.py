"""The links in an email that lead to fewer of them, for whoever reads the email.

The link is signed, names a person and a type of notice, and lets nobody do anything else.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.urls import reverse

from accounts.models import User
from core.site import site_address
from notifications.notification_types import NOTIFICATION_TYPES, NotificationType

SALT = "notifications.less_email"


@dataclass(frozen=True)
class LessEmail:
    """Whose emails, and of which type."""

    user: User
    kind: NotificationType


def address_for(user: User, kind: NotificationType, *, page: str = "less") -> str:
    """Return the whole address of the page (``less``), or of the one press (``stop``)."""
    token = signing.dumps([str(user.uid), kind.code], salt=SALT)
    return site_address(reverse(f"less_email:{page}", args=[token]))


def read_token(token: str) -> LessEmail | None:
    """Return what a link is about; None where it is not ours, or there is nothing to choose."""
    try:
        uid, code = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    kind = NOTIFICATION_TYPES.get(code)
    user = User.objects.filter(uid=UUID(uid), is_active=True).first()
    if kind is None or kind.pace is None or user is None:
        return None
    return LessEmail(user, kind)
