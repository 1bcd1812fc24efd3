"""The form of a link to a version."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlannerForm

LIFETIMES = (
    (7, _("7 days")),
    (30, _("30 days")),
    (90, _("90 days")),
    (365, _("a year")),
)


class ShareLinkForm(PlannerForm):
    """For whom, and for how long. ``token`` makes a double press make one link."""

    label = forms.CharField(
        label=_("For whom?"),
        max_length=120,
        help_text=_("So that you know later which link to end: “The board”, “Kystlyd, Anna”."),
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work?"), choices=LIFETIMES, coerce=int, initial=30
    )
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4()
