"""Signing in to a demo, and one's own profile."""

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.stagekit import unstash_login
from allauth.account.models import EmailAddress, Login, get_emailconfirmation_model
from allauth.account.views import (
    ConfirmEmailView,
    EmailView,
    LoginView,
    PasswordResetFromKeyView,
)
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from accounts.addresses import confirm_address, is_confirmed, remove_unconfirmed
from accounts.demo import demo_sign_ins
from accounts.forms import ProfileForm
from accounts.forms_sign_in import IsItYouForm
from accounts.mixins import SignedInMixin, say_what_was_removed
from accounts.models import User
from accounts.services import PROFILE, change_profile
from accounts.sign_up import invitation_of
from core.merging import until_alone
from core.secrets_in_addresses import YOUR_ADDRESS, keep_address_secret


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """django-allauth's sign-in, with the demo's people and the invitation that brought one here."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["demo_sign_ins"] = demo_sign_ins()
        context["invitation"] = invitation_of(self.request)
        return context


@method_decorator(login_not_required, name="dispatch")
class DemoSignInView(View):
    """Sign in as one of the demo's people, with one press and no password."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, role: str) -> HttpResponse:
        """404 wherever this is not a demo on loopback."""
        person = next((person for person in demo_sign_ins() if person.code == role), None)
        if person is None:
            raise Http404
        login(request, person.user, settings.AUTHENTICATION_BACKENDS[0])
        target = request.POST.get("next", "")
        # Anything but a path would be taken for the name of a page by redirect().
        if target.startswith("/") and url_has_allowed_host_and_scheme(target, None):
            return redirect(target)
        return redirect("home")


@method_decorator(keep_address_secret, name="dispatch")
class ConfirmAddress(ConfirmEmailView):  # type: ignore[misc]
    """The link that confirms an address: for whoever reads its mail and can use the account.

    In a browser that is not signed in to the account it asks for the password. Otherwise the owner
    of an address would, with one press, open an account that a stranger made with it.
    """

    session_key = "confirm_email"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the secret out of the address, then show whose address it is, and ask."""
        try:
            self.object = self.get_object()
        except Http404:
            self.object = None
        if self.object and self.kwargs["key"] != YOUR_ADDRESS:
            request.session[self.session_key] = self.kwargs["key"]
            return redirect("account_confirm_email", YOUR_ADDRESS)
        return self.shown()

    def get_object(self, queryset: Any = None) -> Any:
        """Find what the link confirms, or raise Http404."""
        if self.kwargs["key"] == YOUR_ADDRESS:
            key = self.request.session.get(self.session_key, "")
        else:
            key = self.kwargs["key"]
        found = get_emailconfirmation_model().from_key(key)
        if found is None:
            raise Http404
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm it and go on signed in."""
        self.object = self.get_object()
        address = self.object.email_address
        answer: HttpResponse
        if self.is_open_here(address):
            answer = super().post(request, *args, **kwargs)
            return answer
        form = IsItYouForm(request.POST, user=address.user)
        if not form.is_valid():
            return self.shown(form)
        if not self.object.confirm(request):
            return redirect("account_login")
        answer = perform_login(request, Login(user=address.user, email=address.email))
        return answer

    def is_open_here(self, address: EmailAddress) -> bool:
        """Whether this browser is signed in to the account, or has just signed up for it."""
        if self.request.user.pk == address.user_id:
            return True
        pending = unstash_login(self.request, peek=True)
        return bool(pending and pending.user and pending.user.pk == address.user_id)

    def shown(self, form: IsItYouForm | None = None) -> HttpResponse:
        """The page; with a password field where it is needed."""
        if form is None and self.object and not self.is_open_here(self.object.email_address):
            form = IsItYouForm(user=self.object.email_address.user)
        page: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return page


@method_decorator(keep_address_secret, name="dispatch")
class NewPassword(PasswordResetFromKeyView):  # type: ignore[misc]
    """The new password, by a link sent to the person's address; it proves that address."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save it, and leave nothing on the account that was never proven."""
        user = self.reset_user
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            removed = (
                remove_unconfirmed(user)
                if is_confirmed(user)
                else confirm_address(user, user.email)
            )
        say_what_was_removed(self.request, removed)
        return response


class Addresses(SignedInMixin, EmailView):  # type: ignore[misc]
    """A person's addresses. What reads before it writes waits for another press of the button."""

    def _action_primary(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=self.person.pk)
            return super()._action_primary(request, *args, **kwargs)

    def _action_remove(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=self.person.pk)
            return super()._action_remove(request, *args, **kwargs)


class Profile(SignedInMixin, FormView[ProfileForm]):
    """Name, language and time zone of the signed-in person."""

    template_name = "accounts/profile.html"
    form_class = ProfileForm
    success_url = reverse_lazy("accounts:profile")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Work on a copy: what is refused must not stand in the page's frame."""
        return {
            **super().get_form_kwargs(),
            "instance": User.objects.get(pk=self.person.pk),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save and say so; what was saved in another window stays, field by field."""
        return until_alone(self.save)

    def save(self) -> HttpResponse:
        """Save once; raises Conflict when another window did at the same moment."""
        form = self.get_form()
        if form.conflicts:
            return self.render_to_response(self.get_context_data(form=form), status=409)
        if not form.is_valid():
            return self.form_invalid(form)
        stored = User.objects.get(pk=self.person.pk)
        values = {name: form.cleaned_data[name] for name in PROFILE}
        change_profile(stored, expected=form.instance.revision, **values)
        messages.success(self.request, _("Your profile is saved."))
        return self.form_valid(form)
