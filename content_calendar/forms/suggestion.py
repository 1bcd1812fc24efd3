"""The button that plans what the balance suggests."""

from typing import Any

from django import forms

from content_calendar.domain.strategy_choices import choices_on
from core.enums import ContentCategory
from core.form_fields import ClockField, DayField
from core.forms import PlannerForm
from networks.enums import ChannelState, PostFormat
from networks.models import Channel
from workspaces.models import Workspace


class SuggestionForm(PlannerForm):
    """A suggestion as its button sends it; everything is checked against the workspace again."""

    category = forms.ChoiceField(choices=ContentCategory.choices)
    channel = forms.ModelChoiceField(Channel.objects.none(), to_field_name="uid")
    format = forms.ChoiceField(choices=PostFormat.choices, required=False)
    day = DayField()
    at = ClockField(required=False)
    message = forms.ChoiceField(required=False)
    audience = forms.ChoiceField(required=False)
    theme = forms.ChoiceField(required=False)
    next = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel: Any = self.fields["channel"]
        live = Channel.objects.for_workspace(workspace).live()
        channel.queryset = live.exclude(state=ChannelState.CLOSED)
        day = DayField(required=False)
        try:
            on = day.to_python(self.data.get("day", "")) or workspace.today()
        except forms.ValidationError:
            on = workspace.today()
        offered = choices_on(workspace, on)
        for name, choices in {
            "message": offered.messages,
            "audience": offered.audiences,
            "theme": offered.themes,
        }.items():
            field: Any = self.fields[name]
            field.choices = [("", "–"), *choices]
