"""Where django-allauth asks us."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from accounts.sign_up import invitation_of


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Who may sign up, and where a person lands afterwards."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anyone where sign-up is open, otherwise who came in by an invitation."""
        return bool(settings.OPEN_SIGN_UP) or invitation_of(request) is not None

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Back to the invitation; without one, to the first page, which knows what comes next."""
        invitation = invitation_of(request)
        return invitation.path if invitation else settings.LOGIN_REDIRECT_URL

    def get_login_redirect_url(self, request: HttpRequest) -> Any:
        """The same after signing in with an account that already was there."""
        return self.get_signup_redirect_url(request)
