"""Pages about oneself."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User


def say_what_was_removed(request: HttpRequest, addresses: list[str]) -> None:
    """Name the addresses that are no longer part of the account, where there were any."""
    if addresses:
        messages.info(
            request,
            _("Removed from your account, because never confirmed: %(addresses)s.")
            % {"addresses": ", ".join(addresses)},
        )


class SignedInMixin(LoginRequiredMixin):
    """Turn visitors away to the sign-in, and name who is signed in."""

    request: HttpRequest

    @property
    def person(self) -> User:
        if not isinstance(self.request.user, User):
            raise TypeError("asked before the sign-in was checked")
        return self.request.user
