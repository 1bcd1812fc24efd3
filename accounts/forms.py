"""Forms about oneself."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.passwords import NotOneself
from accounts.time_zones import current_name, time_zone_choices
from core.forms import PlannerForm, PlannerModelForm
from core.merging import MergingMixin
from core.validators import refuse_address


class NameForm(PlannerForm):
    """What django-allauth's sign-up form asks beside address and password.

    The browser tells its time zone; one that is none of the list is not taken.
    """

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        validators=[refuse_address],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    timezone = forms.CharField(
        required=False,
        widget=forms.HiddenInput(attrs={"data-guess-zone": ""}),
    )

    field_order = ["name", "email", "password1"]

    def clean(self) -> dict[str, Any]:
        """The name is no password; django-allauth knows the address only."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("name") and cleaned.get("password1"):
            try:
                NotOneself(("name",)).validate(cleaned["password1"], User(name=cleaned["name"]))
            except ValidationError as refusal:
                self.add_error("password1", refusal)
        return cleaned

    def signup(self, request: HttpRequest, user: User) -> None:
        """Write name and time zone to the new person."""
        user.name = self.cleaned_data["name"]
        if zone := current_name(self.cleaned_data["timezone"]):
            user.timezone = zone
        user.save(update_fields=["name", "timezone"])


class ProfileForm(MergingMixin, PlannerModelForm):
    """Name, language, time zone."""

    timezone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_(
            "For times that belong to no workspace. Each workspace has a time zone of its own."
        ),
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
        self.fields["timezone"].choices = time_zone_choices(self.instance.timezone)  # type: ignore[attr-defined]
        self.fields["name"].validators.append(refuse_address)
        self.start_merging()
