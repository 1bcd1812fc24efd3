"""The forms of django-allauth in our words: the fields' names, and what is wrong with them.

``ACCOUNT_FORMS`` names them, so that a form and its error summary say the same.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as allauth_forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseMixin

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_EMAIL = _("E-mail address")
_NEW_PASSWORDS: dict[str, "StrOrPromise"] = {
    "password1": _("New password"),
    "password2": _("New password, again"),
}


class NamedMixin(HouseMixin):
    """Calls the fields by ``labels`` once they are there."""

    labels: ClassVar[dict[str, "StrOrPromise"]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            if name in self.fields:
                self.fields[name].label = label
        self.dress()


class SignInForm(NamedMixin, allauth_forms.LoginForm):
    """Sign in."""

    labels = {"login": _EMAIL, "remember": _("Stay signed in on this device")}


class SignUpForm(NamedMixin, allauth_forms.SignupForm):
    """Create an account."""

    labels = {"email": _EMAIL}


class AddEmailForm(NamedMixin, allauth_forms.AddEmailForm):
    """One more address."""

    labels = {"email": _EMAIL}


class ChangePasswordForm(NamedMixin, allauth_forms.ChangePasswordForm):
    """Another password in place of the one there is."""

    labels = {"oldpassword": _("Password now"), **_NEW_PASSWORDS}


class SetPasswordForm(NamedMixin, allauth_forms.SetPasswordForm):
    """The first password of somebody who has none."""

    labels = _NEW_PASSWORDS


class ResetPasswordForm(NamedMixin, allauth_forms.ResetPasswordForm):
    """Ask for a letter that lets a new password be chosen."""

    labels = {"email": _EMAIL}


class NewPasswordForm(NamedMixin, allauth_forms.ResetPasswordKeyForm):
    """The new password, by the link of that letter."""

    labels = _NEW_PASSWORDS


class IsItYouForm(NamedMixin, allauth_forms.ReauthenticateForm):
    """The password once more, before something that keeps the account safe is changed."""
