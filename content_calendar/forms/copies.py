"""Small forms about templates and earlier states of posts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_fields import WholeNumberField
from core.forms import PlannerForm


class TemplateForm(PlannerForm):
    """What a template is called."""

    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name of the template"),
        max_length=80,
        help_text=_("What it is for, such as “Opening hours”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="template_%s", **kwargs)


class UndoForm(PlannerForm):
    """The revision of the page on which the last change was seen."""

    revision = WholeNumberField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="undo_%s", **kwargs)
