"""Forms about oneself."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import profile_seen
from accounts.time_zones import time_zone_choices
from core.forms import HouseForm, HouseModelForm


class NameForm(HouseForm):
    """What django-allauth's sign-up form asks beside address and password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Write the name to the new person."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class ProfileForm(HouseModelForm):
    """Name, language, time zone. ``seen`` tells a page from yesterday."""

    timezone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Times without a workspace are shown in it. A workspace has its own."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = User
        fields = ["name", "timezone", "language"]
        labels = {"name": _("Your name")}
        help_texts = {"name": _("As your colleagues know you.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["timezone"].choices = time_zone_choices()  # type: ignore[attr-defined]
        self.initial["seen"] = profile_seen(self.instance)

    def show_newer(self, user: User) -> None:
        """It was changed in another window: say so, and let the next press of the button count."""
        self.add_error(
            None,
            _(
                "Your profile was changed in another window after you opened this page: "
                "it says %(name)s, %(timezone)s. Nothing was saved. "
                "Look at what stands here and save again."
            )
            % {"name": user.name, "timezone": user.timezone},
        )
        self.data = {**dict(self.data.items()), self.add_prefix("seen"): profile_seen(user)}
