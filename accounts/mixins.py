"""Pages about oneself."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest

from accounts.models import User


class SignedInMixin(LoginRequiredMixin):
    """Turn visitors away to the sign-in, and name who is signed in."""

    request: HttpRequest

    @property
    def person(self) -> User:
        """Who is signed in."""
        if not isinstance(self.request.user, User):
            raise TypeError("asked before the sign-in was checked")
        return self.request.user
