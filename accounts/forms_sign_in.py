"""The forms of django-allauth in our words: the fields' names, and what is wrong with them.

``ACCOUNT_FORMS`` names them, so that a form and its error summary say the same.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.account.models import EmailAddress, Login
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.addresses import account_of, confirm_address, free_address, is_confirmed
from accounts.models import User
from accounts.services import take_over
from core.forms import PlannerFormMixin

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_EMAIL = _("Email address")
_NEW_PASSWORDS: dict[str, "StrOrPromise"] = {
    "password1": _("New password"),
    "password2": _("New password, again"),
}


class NamedMixin(PlannerFormMixin):
    """Calls the fields by ``labels`` once they are there."""

    labels: ClassVar[dict[str, "StrOrPromise"]] = {}
    #: The field that password managers keep the password under.
    username_field: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            if name in self.fields:
                self.fields[name].label = label
        if self.username_field:
            self.fields[self.username_field].widget.attrs["autocomplete"] = "username"
        self.dress()


class SignInForm(NamedMixin, allauth_forms.LoginForm):
    labels = {"login": _EMAIL, "remember": _("Stay signed in on this device")}
    username_field = "login"


class SignUpForm(NamedMixin, allauth_forms.SignupForm):
    """Create an account. Whether the address has one already makes no difference to the answer."""

    labels = {"email": _EMAIL}
    username_field = "email"
    owner: User | None = None

    def validate_unique_email(self, value: str) -> str:
        """Find whose address it is; the form does not say."""
        email: str = get_adapter().validate_unique_email(value)
        self.owner = account_of(email)
        self.account_already_exists = self.owner is not None
        return email

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Return the new person, or the answer for an address that has an account.

        Of two presses of the button, the second one finds the account of the first.
        """
        email = self.cleaned_data["email"]
        if self.owner is not None and self._proves_unconfirmed(request, self.owner):
            with transaction.atomic():
                take_over(self.owner, password=self.cleaned_data["password1"])
                self.signup(request, self.owner)
            get_adapter().unstash_verified_email(request)
            return self.owner, None
        if self.owner is None:
            try:
                with transaction.atomic():
                    free_address(email)
                    return self.save(request), None
            except IntegrityError:
                if account_of(email) is None:
                    raise
        return None, self._answer_for_known(request, email)

    @staticmethod
    def _proves_unconfirmed(request: HttpRequest, owner: User) -> bool:
        """Somebody signed up with this address and did not confirm it; this visitor's is proven."""
        return (
            owner.is_active
            and get_adapter().is_email_verified(request, owner.email)
            and not is_confirmed(owner)
        )

    def _answer_for_known(self, request: HttpRequest, email: str) -> HttpResponse:
        """Sign the person in who knows the password; tell anybody else by email only."""
        password = self.cleaned_data["password1"]
        try:
            user = get_adapter().authenticate(request, email=email, password=password)
        except ValidationError:  # too many tries
            user = None
        answer: HttpResponse = (
            prevent_enumeration(request, email=email)
            if user is None
            else perform_login(request, Login(user=user, email=email, signup=True))
        )
        return answer


class AddEmailForm(NamedMixin, allauth_forms.AddEmailForm):
    labels = {"email": _EMAIL}

    def save(self, request: HttpRequest) -> EmailAddress:
        """A demo asks for no proof, as when signing up."""
        if settings.DEMO_SIGN_INS and account_of(self.cleaned_data["email"]) is None:
            email = self.cleaned_data["email"]
            confirm_address(self.user, email)
            return EmailAddress.objects.get_for_user(self.user, email)
        return super().save(request)


class ChangePasswordForm(NamedMixin, allauth_forms.ChangePasswordForm):
    """Another password in place of the one there is."""

    labels = {"oldpassword": _("Password now"), **_NEW_PASSWORDS}


class SetPasswordForm(NamedMixin, allauth_forms.SetPasswordForm):
    """The first password of somebody who has none."""

    labels = _NEW_PASSWORDS


class ResetPasswordForm(NamedMixin, allauth_forms.ResetPasswordForm):
    """Ask for a link by email that lets a new password be chosen."""

    labels = {"email": _EMAIL}

    def clean_email(self) -> str:
        """Only the account that the address belongs to can be reset by it."""
        email: str = super().clean_email()
        owner = account_of(email)
        self.users = [owner] if owner and owner.is_active else []
        return email


class NewPasswordForm(NamedMixin, allauth_forms.ResetPasswordKeyForm):
    """The new password, by the link of that email."""

    labels = _NEW_PASSWORDS


class IsItYouForm(NamedMixin, allauth_forms.ReauthenticateForm):
    """The password once more, before something that keeps the account safe is changed."""
