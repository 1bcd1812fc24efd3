"""Where django-allauth asks us."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.sign_up import invitation_of
from core.site import site_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Who may sign up, where a person lands afterwards, and how it is said what is wrong."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This e‑mail address and this password do not belong together. Check both and try again."
        ),
        "enter_current_password": _("That is not your password now. Type it again."),
        "incorrect_password": _("That is not your password. Type it again."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes and try again."),
        "duplicate_email": _("This address is yours already. Type another one."),
        "cannot_remove_primary_email": _(
            "Reminders go to this address. Make another one the first, then remove it."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anyone where sign-up is open, otherwise who came in by an invitation."""
        return bool(settings.OPEN_SIGN_UP) or invitation_of(request) is not None

    def render_mail(
        self, template_prefix: str, email: Any, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Write the email with addresses below SITE_URL; allauth takes the host of the request."""
        host = urlsplit(settings.SITE_URL).netloc
        context = {
            name: site_address(value) if name.endswith("_url") else value
            for name, value in context.items()
        }
        context["current_site"] = SimpleNamespace(name=host, domain=host)
        return super().render_mail(template_prefix, email, context, *args, **kwargs)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Back to the invitation; without one, to the first page, which knows what comes next."""
        invitation = invitation_of(request)
        return invitation.path if invitation else settings.LOGIN_REDIRECT_URL

    def get_login_redirect_url(self, request: HttpRequest) -> Any:
        """The same after signing in with an account that already was there."""
        return self.get_signup_redirect_url(request)
