"""The filter of the log."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlannerForm
from workspaces.models import Membership, Workspace


class PersonFilter(PlannerForm):
    """Show what one person did; who has left is on the list too."""

    unmarked = "__all__"

    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=Membership.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label=_("Everybody"),
    )

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["person"]
        people.queryset = Membership.objects.for_workspace(workspace).by_name()  # type: ignore[attr-defined]
        people.widget.attrs["data-go"] = ""
