"""The form after a change of time zone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlannerForm

CLOCK, MOMENT = "clock", "moment"


class ZoneForm(PlannerForm):
    """What planned posts keep."""

    keep = forms.ChoiceField(
        label=_("What should planned posts keep?"),
        choices=[
            (CLOCK, _("Their time on the clock, as they do now")),
            (MOMENT, _("The moment at which they go out, at another time on the clock")),
        ],
        initial=CLOCK,
        widget=forms.RadioSelect,
    )
