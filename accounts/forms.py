"""Forms about oneself."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class NameForm(forms.Form):
    """What django-allauth's sign-up form asks beside address and password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As your colleagues know you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Write the name to the new person."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
