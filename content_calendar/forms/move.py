"""Forms that put posts on days: quick add and *Move to date…*."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content_calendar.models.post import TEXT_AT_MOST
from core.form_fields import ClockField, DayField, WholeNumberField
from core.forms import PlannerForm


class QuickAddForm(PlannerForm):
    """A draft in one line: its text, and the day it goes on; without a day it is an idea."""

    unmarked = "__all__"

    text = forms.CharField(label=_("What is it about?"), max_length=TEXT_AT_MOST)
    planned_on = DayField(label=_("Day"), required=False)
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    next = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4()


class PostMoveForm(PlannerForm):
    """The day and the time to move a post to; ``revision`` is the post that was looked at."""

    unmarked = "__all__"

    planned_on = DayField(
        label=_("Day"), required=False, help_text=_("Empty: back to the ideas, without a date.")
    )
    planned_time = ClockField(label=_("Time"), required=False, widget=forms.TimeInput)
    revision = WholeNumberField(widget=forms.HiddenInput)
    next = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
