"""Forms about a workspace."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.time_zones import time_zone_choices
from core.form_fields import WholeNumberField
from core.forms import PlannerModelForm
from core.merging import MergingMixin
from core.validators import refuse_address
from workspaces.enums import WeekStart
from workspaces.models import Workspace


class WorkspaceForm(PlannerModelForm):
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Days and weeks are counted in it, for everyone here."),
    )
    week_start = forms.TypedChoiceField(
        label=_("First day of the week"), coerce=int, choices=WeekStart.choices
    )

    class Meta:
        model = Workspace
        fields = ["name", "timezone", "week_start"]
        labels = {"name": _("Name")}
        help_texts: ClassVar[dict[str, Any]] = {"name": _("Your organisation, team or brand.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["timezone"].choices = time_zone_choices(self.instance.timezone)  # type: ignore[attr-defined]
        self.fields["name"].validators.append(refuse_address)


class CreateForm(WorkspaceForm):
    """What a new workspace needs. ``token`` makes a double press create one only."""

    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4()
        if not self.is_bound:
            self.fields["timezone"].widget.attrs["data-guess-zone"] = ""


class SettingsForm(MergingMixin, WorkspaceForm):
    timezone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Days and weeks are counted in it, for everyone here.")
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("For emails to people who have no account yet."),
    )

    class Meta(WorkspaceForm.Meta):
        fields = [
            "name",
            "timezone",
            "week_start",
            "language",
            "lead_time_hours",
            "review_days",
        ]
        labels = {
            "name": _("Name"),
            "lead_time_hours": _("Hours between approval and publishing, at least"),
            "review_days": _("Days to review a strategy"),
        }
        field_classes: ClassVar[dict[str, Any]] = {
            "lead_time_hours": WholeNumberField,
            "review_days": WholeNumberField,
        }
        help_texts: ClassVar[dict[str, Any]] = {
            **WorkspaceForm.Meta.help_texts,
            "lead_time_hours": "",  # the label says it
            "review_days": "",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.start_merging()
