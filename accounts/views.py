"""Signing in to a demo, and one's own profile."""

from typing import Any

from allauth.account.views import LoginView
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from accounts.demo import demo_sign_ins
from accounts.forms import ProfileForm
from accounts.mixins import SignedInMixin
from accounts.models import User
from accounts.services import PROFILE, change_profile
from accounts.sign_up import invitation_of
from core.merging import until_alone


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """django-allauth's sign-in, with the demo's people and the invitation that brought one here."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both."""
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
        login(request, person.user, "allauth.account.auth_backends.AuthenticationBackend")
        target = request.POST.get("next", "")
        # Anything but a path would be taken for the name of a page by redirect().
        if target.startswith("/") and url_has_allowed_host_and_scheme(target, None):
            return redirect(target)
        return redirect("home")


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
