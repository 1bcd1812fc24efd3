"""What is looked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlannerForm


class FindForm(PlannerForm):
    """A few words."""

    unmarked = ("q",)

    q = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        max_length=100,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autofocus": True,
                "autocomplete": "off",
                "enterkeyhint": "search",
            }
        ),
    )
