"""The form of a channel."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now

from core.form_fields import WebAddressField, WholeNumberField
from core.forms import PlannerForm, PlannerModelForm
from core.merging import MergingMixin
from networks.catalogue import NETWORK_CHOICES
from networks.models import Channel
from networks.services import FIELDS, PEOPLE, TOGETHER, clean
from workspaces.models import Membership, Workspace


class ChannelForm(MergingMixin, PlannerModelForm):
    """What is said of one channel; people are chosen from the workspace's own.

    ``token`` makes a double press add one channel only.
    """

    merged_together = TOGETHER
    unmarked = ("other_network", "operator_name")

    revision = WholeNumberField(required=False, widget=forms.HiddenInput)
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)

    class Meta:
        model = Channel
        fields = FIELDS
        field_classes = {"address": WebAddressField}

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        here = Membership.objects.for_workspace(workspace)
        for name in PEOPLE:
            named = here.filter(pk=getattr(self.instance, f"{name}_id"))
            choose: Any = self.fields[name]
            choose.queryset = (here.active() | named).distinct().by_name()
            choose.empty_label = now("Nobody yet")
        network: Any = self.fields["network"]
        network.choices = [("", now("Choose a network")), *NETWORK_CHOICES]
        for field in self.fields.values():
            field.label = str(field.label or "").capitalize()
        self.fields["revision"].initial = self.instance.revision
        self.fields["token"].initial = uuid.uuid4()
        self.dress()
        self.start_merging(is_stored=bool(self.instance.pk))

    def clean(self) -> dict[str, Any]:
        """Ask what every writer of channels must answer."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            said.update(clean(self.workspace, said))
        except ValidationError as error:
            self.add_error(None, error)
        return said

    @property
    def values(self) -> dict[str, Any]:
        """The answers, without what belongs to the form."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class MoveForm(PlannerForm):
    """Up, down, or to a place."""

    direction = forms.ChoiceField(choices=[("up", "up"), ("down", "down")], required=False)
    position = WholeNumberField(required=False, min_value=1)

    def place(self, now_at: int) -> int:
        """Return the place asked for, seen from where the channel stands."""
        if self.cleaned_data.get("position"):
            return int(self.cleaned_data["position"])
        step = {"up": -1, "down": 1}.get(self.cleaned_data.get("direction") or "", 0)
        return max(1, now_at + step)
