"""Pages that an email leads to: fewer of its kind, without signing in.

The signed link is the right to do this and nothing else, so no token against forged requests is
asked: mail programs send none. Reading changes nothing.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from core.secrets_in_addresses import keep_address_secret
from notifications.enums import DIGEST, EMAIL, Pace
from notifications.forms import PaceForm
from notifications.less_email import LessEmail, read_token
from notifications.preferences import preferences_of
from notifications.services import choose_pace


@method_decorator([csrf_exempt, login_not_required, keep_address_secret], name="dispatch")
class LessEmailView(View):
    """Turn the address into ``self.about``; 404 where the link is not one of ours."""

    about: LessEmail

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        about = read_token(kwargs["token"])
        if about is None:
            raise Http404
        self.about = about
        return super().dispatch(request, *args, **kwargs)

    def choose(self, pace: Pace) -> None:
        """Write what the person wants of this type."""
        choose_pace(self.about.user, kind=self.about.kind.code, way=EMAIL, pace=pace)


class LessEmailPage(LessEmailView):
    """What the person gets now, and one press to less of it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        about = self.about
        pace = preferences_of([about.user])[about.user.pk].pace_of(about.kind, EMAIL)
        paces = [Pace.AT_ONCE, Pace.OFF] if about.kind.code == DIGEST else list(Pace)
        context = {
            "about": about,
            "pace": pace,
            "paces": [one for one in paces if one != pace],
            "is_digest": about.kind.code == DIGEST,
        }
        return render(request, "notifications/less_email.html", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Write what was pressed, and show it."""
        form = PaceForm(request.POST)
        if form.is_valid():
            self.choose(Pace(form.cleaned_data["pace"]))
        return redirect("less_email:less", kwargs["token"])


class StopEmail(LessEmailView):
    """What a mail program's own button does (``List-Unsubscribe-Post``)."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A mail program without such a button opens it as a page."""
        return redirect("less_email:less", kwargs["token"])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """No more emails of this type."""
        self.choose(Pace.OFF)
        return redirect("less_email:less", kwargs["token"])
