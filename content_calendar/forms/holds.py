"""Forms of a stop of posts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content_calendar.enums import HoldAnswer
from content_calendar.models import Post
from core.form_fields import ClockField, DayField, WholeNumberField
from core.forms import PlannerForm
from networks.models import Channel
from workspaces.models import Workspace


class StopForm(PlannerForm):
    """Why posts are stopped, and on which channels. Nothing needs to be filled in: it is in a hurry."""

    unmarked = ("channels",)

    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        required=False,
        help_text=_("Everybody here reads it at the top of every page."),
    )
    channels = forms.ModelMultipleChoiceField(
        label=_("Stop posts only on"),
        queryset=Channel.objects.none(),
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none to stop posts on all channels."),
    )

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["channels"]
        field.queryset = Channel.objects.for_workspace(workspace).live().in_order()


class AnswerForm(PlannerForm):
    """What becomes of one post; the day and the time are for one that moves."""

    unmarked = "__all__"

    answer = forms.ChoiceField(choices=HoldAnswer.choices, widget=forms.HiddenInput)
    planned_on = DayField(label=_("Day"), required=False)
    planned_time = ClockField(label=_("Time"), required=False, widget=forms.TimeInput)


class RestForm(PlannerForm):
    """The posts that the page showed, all of which go out as planned."""

    unmarked = "__all__"

    posts = forms.ModelMultipleChoiceField(
        queryset=Post.objects.none(), to_field_name="uid", widget=forms.MultipleHiddenInput
    )

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["posts"]
        field.queryset = Post.objects.for_workspace(workspace).live()


class LiftForm(PlannerForm):
    """The hold as it was looked at."""

    revision = WholeNumberField(widget=forms.HiddenInput)
