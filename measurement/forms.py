"""The form of a reading."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_fields import DayField, DecimalNumberField, WholeNumberField
from core.forms import PlannerForm
from core.merging import MergingMixin
from measurement.figures import Figure
from measurement.models import Reading
from measurement.services import ReadingValues
from strategies.models.metrics import METRICS


class ReadingForm(MergingMixin, PlannerForm):
    """Day, value and note; of a sign whether it was seen. ``token`` makes a double press add one."""

    revision = WholeNumberField(widget=forms.HiddenInput, required=False, min_value=1)
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    value = DecimalNumberField(label=_("Value"), max_digits=14, decimal_places=2)
    read_on = DayField(label=_("Read on"))
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, *args: Any, figure: Figure, reading: Reading | None = None, **kwargs: Any):
        if reading:
            kwargs["initial"] = {
                "revision": reading.revision,
                "value": reading.value,
                "read_on": reading.read_on,
                "note": reading.note,
            }
        super().__init__(*args, **kwargs)
        self.figure = figure
        if figure.kpi.is_sign:
            self.fields["value"] = forms.TypedChoiceField(
                label=_("Was it seen?"),
                choices=[("1", _("Seen")), ("0", _("Not seen yet"))],
                coerce=Decimal,
                initial=str(int(reading.value)) if reading else None,
            )
        self.fields["token"].initial = uuid.uuid4()
        self.dress()
        self.start_merging(is_stored=reading is not None)

    def clean_value(self) -> Decimal:
        """Refuse a number that the figure cannot be."""
        value: Decimal = self.cleaned_data["value"]
        if refusal := METRICS[self.figure.kpi.metric].why_not(value):
            raise forms.ValidationError(str(refusal))
        return value

    @property
    def values(self) -> ReadingValues:
        """What was typed, once the form is valid."""
        found = self.cleaned_data
        return ReadingValues(found["read_on"], found["value"], found["note"])
