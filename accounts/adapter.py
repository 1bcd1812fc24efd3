"""Where django-allauth asks us."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.addresses import lock_address, take_address
from accounts.sign_up import invitation_of
from core.site import site_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Who may sign up, where a person lands afterwards, and how it is said what is wrong."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "That email and password don’t match. Check both and try again."
        ),
        "enter_current_password": _("That is not your password now. Type it again."),
        "incorrect_password": _("That is not your password. Type it again."),
        "too_many_login_attempts": _(
            "Too many tries. Wait a few minutes and try again, or choose a new password."
        ),
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

    # --- which address is proven

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Whoever opened the invitation sent to ``email`` reads its mail; a demo asks for no proof."""
        return bool(settings.DEMO_SIGN_INS) or super().is_email_verified(request, email)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm it, and take it from accounts that have it without ever having proven it."""
        with transaction.atomic():
            lock_address(email_address.email)
            if email_address.can_set_verified():
                take_address(email_address.email, for_user=email_address.user)
            return bool(super().confirm_email(request, email_address))

    # --- how often a password may be tried

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count one try; raise when there were too many.

        What one visitor tries on one account is counted first, so that a visitor who is stopped
        there does not use up what the account allows to everybody together.
        """
        email = str(credentials.get("email", "")).lower()
        self._counted = []
        for action, key in _tries(request, email):
            usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
            if not usage:
                raise self.validation_error("too_many_login_attempts")
            self._counted.append(usage)

    def _rollback_login_failed_rl_usage(self) -> None:
        """Called by django-allauth when the password was right: it is no failed try."""
        for usage in self._counted:
            usage.rollback()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Called by django-allauth after a reset: the account may be tried again from here."""
        email = str(credentials.get("email", "")).lower()
        for action, key in _tries(request, email):
            if key is not None:
                ratelimit.clear(request, app="allauth.account", action=action, key=key)


def _tries(request: HttpRequest, email: str) -> list[tuple[str, str | None]]:
    """Return (limit in ACCOUNT_RATE_LIMITS, what it counts by), narrowest first."""
    return [
        ("login_failed", None),  # by the visitor's address
        ("login_failed_here", f"{ratelimit.get_ip(request)} {email}"),
        ("login_failed_account", email),
    ]
