"""The form of a comment on a post."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlannerForm
from workspaces.models import Membership, Workspace


class CommentForm(PlannerForm):
    """A comment, and the people whom it mentions."""

    unmarked = "__all__"

    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Comment"),
        max_length=4000,
        widget=forms.Textarea,
        help_text=_("Mention people with an @ before their name; they are told."),
    )
    mentions = forms.ModelMultipleChoiceField(
        label=_("Mention"),
        queryset=Membership.objects.none(),
        required=False,
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="comment_%s", **kwargs)
        people: Any = self.fields["mentions"]
        people.queryset = Membership.objects.for_workspace(workspace).active().by_name()
