"""Who a session or a password stands for."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.addresses import confirmed_people
from accounts.models import User


class ConfirmedBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Sign-in by email address; a person without a confirmed address is not signed in."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the person of a session. Confirmation and closing count from the next request."""
        return confirmed_people().filter(pk=user_id, is_active=True).first()
