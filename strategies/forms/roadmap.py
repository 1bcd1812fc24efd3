"""Forms of the roadmap."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_fields import DayOrMonthField, WholeNumberField
from core.forms import PlannerForm
from core.merging import MergingMixin
from strategies.domain.roadmap import OWN
from strategies.enums import MilestoneState, Phase
from strategies.models import Milestone
from strategies.services.roadmap import REASON_LENGTH, MilestoneValues
from workspaces.models import Membership, Workspace


class MilestoneStateForm(PlannerForm):
    """Which state a milestone goes to, and why it counts as done."""

    state = forms.ChoiceField(choices=MilestoneState.choices)
    reason = forms.CharField(max_length=REASON_LENGTH, required=False)


class MilestoneForm(MergingMixin, PlannerForm):
    """When, and whose; of an own milestone also what, and in which phase.

    ``token`` makes a double press add one milestone only.
    """

    merged_together = (("owner", "owner_name"),)

    revision = WholeNumberField(widget=forms.HiddenInput, required=False, min_value=1)
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("What is to be done?"), max_length=400)
    due_on = DayOrMonthField(label=_("Due"))
    owner = forms.ModelChoiceField(
        label=_("Whose is it?"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=_("Nobody in this workspace"),
    )
    owner_name = forms.CharField(
        label=_("Or a name or team"),
        max_length=160,
        required=False,
        help_text=_(
            "For somebody who is not on the list above. Leave the list at “Nobody in this "
            "workspace” then: it is one or the other."
        ),
    )
    phase = forms.ChoiceField(label=_("Phase"), choices=Phase.choices)
    unmarked = ("owner",)

    def __init__(
        self, *args: Any, workspace: Workspace, milestone: Milestone | None = None, **kwargs: Any
    ) -> None:
        if milestone:
            kwargs["initial"] = {
                "revision": milestone.revision,
                "title": milestone.title,
                "due_on": milestone.due_on,
                "owner": milestone.owner_id,
                "owner_name": milestone.owner_name,
                "phase": milestone.phase,
            } | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        people = Membership.objects.for_workspace(workspace)
        present: Any = milestone.owner_id if milestone else None
        named = people.filter(pk=present)
        owner: Any = self.fields["owner"]
        owner.queryset = (people.active() | named).distinct().by_name()
        self.fields["token"].initial = uuid.uuid4()
        if milestone:
            del self.fields["token"]
        if milestone and milestone.kind != OWN:
            del self.fields["title"], self.fields["phase"]
        self.dress()
        self.start_merging(is_stored=milestone is not None)

    def clean(self) -> dict[str, Any]:
        """A milestone is one person's or one team's."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("owner") and cleaned.get("owner_name"):
            self.add_error(
                "owner_name", _("Choose a person or write a name, not both: one of them has it.")
            )
        return cleaned

    @property
    def values(self) -> MilestoneValues:
        """What was typed, once the form is valid."""
        found = self.cleaned_data
        return MilestoneValues(
            due_on=found["due_on"],
            owner=found["owner"],
            owner_name=found["owner_name"],
            title=found.get("title", ""),
            phase=found.get("phase", ""),
        )
