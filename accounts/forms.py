"""Forms about oneself."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
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
    """Name, language, time zone."""

    timezone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Times without a workspace are shown in it. A workspace has its own."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["name", "timezone", "language"]
        labels = {"name": _("Your name")}
        help_texts = {"name": _("As your colleagues know you.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["timezone"].choices = time_zone_choices()  # type: ignore[attr-defined]
