"""The form of a rule, made from its parameters, and the one that tries rules on a text."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.enums import ContentCategory
from core.findings import Severity
from core.form_fields import ClockField, DayField, WholeNumberField, clock_text
from core.forms import PlannerForm
from core.merging import MergingMixin
from networks.enums import PostFormat
from networks.models import Channel
from policies.models import RuleSetting
from policies.rules import Parameter, PolicyRule, RuleDraft
from policies.services.hashtags import known_tags
from policies.services.rules import FIELDS, values_of
from workspaces.enums import Engagement, Role
from workspaces.models import Workspace


class LinesField(forms.CharField):
    """Lines of text, each of which the parameter can read."""

    widget = forms.Textarea

    def __init__(self, parameter: Parameter, **kwargs: Any) -> None:
        super().__init__(max_length=20_000, **kwargs)
        self.parameter = parameter

    def validate(self, value: str) -> None:
        super().validate(value)
        is_line = self.parameter.is_line
        for line in value.split("\n"):
            if is_line and line.strip() and not is_line(line.strip()):
                raise ValidationError(str(self.parameter.line_error) % {"line": line.strip()[:80]})


def field_of(parameter: Parameter) -> forms.Field:
    """Return the form field of a parameter."""
    common: dict[str, Any] = {"label": parameter.label, "help_text": parameter.help}
    match parameter.kind:
        case "lines":
            return LinesField(parameter, required=False, **common)
        case "number":
            return WholeNumberField(
                min_value=parameter.lowest, max_value=parameter.highest, **common
            )
        case "clock":
            return ClockField(**common)
        case "choice":
            return forms.ChoiceField(choices=parameter.choices, widget=forms.RadioSelect, **common)


class RuleForm(MergingMixin, PlannerForm):
    """On or off, how grave, for which clause, and the rule's own parameters."""

    is_on = forms.BooleanField(label=_("This rule is on"), required=False)
    severity = forms.ChoiceField(
        label=_("What it means for a post"), choices=Severity.choices, widget=forms.RadioSelect
    )
    clause = forms.ChoiceField(label=_("Belongs to the clause"), required=False)
    asks_why = forms.BooleanField(
        label=_("Ask why when somebody goes on all the same"),
        required=False,
        help_text=_("The writer chooses one of four reasons, or writes another one."),
    )
    revision = WholeNumberField(required=False, widget=forms.HiddenInput)

    unmarked = "__all__"

    def __init__(
        self, *args: Any, setting: RuleSetting, rule: PolicyRule, clauses: list[str], **kwargs: Any
    ) -> None:
        super().__init__(
            *args,
            initial={**values_of(setting, rule), "revision": setting.revision},
            **kwargs,
        )
        self.rule = rule
        for parameter in rule.parameters:
            self.fields[parameter.name] = field_of(parameter)
        titles = dict.fromkeys([*filter(None, clauses), *filter(None, [setting.clause])])
        clause: Any = self.fields["clause"]
        clause.choices = [("", gettext("The whole policy")), *((one, one) for one in titles)]
        self.order_fields(["is_on", *(one.name for one in rule.parameters)])
        self.dress()
        self.start_merging()

    @property
    def values(self) -> dict[str, Any]:
        """The answers as they are kept."""
        said = self.cleaned_data
        kept: dict[str, Any] = {name: said[name] for name in FIELDS}
        for one in self.rule.parameters:
            value = said[one.name]
            kept[one.name] = clock_text(value) if one.kind == "clock" else value
        return kept


class TryForm(PlannerForm):
    """A post that is nowhere kept: what would the rules say of it?"""

    unmarked = "__all__"

    text = forms.CharField(
        label=_("Text of the post"), max_length=10_000, widget=forms.Textarea(attrs={"rows": "6"})
    )
    channel = forms.ModelChoiceField(
        label=_("Channel"), queryset=Channel.objects.none(), required=False
    )
    category = forms.ChoiceField(
        label=_("Category"), choices=[("", "–"), *ContentCategory.choices], required=False
    )
    format = forms.ChoiceField(
        label=_("Format"), choices=[("", "–"), *PostFormat.choices], required=False
    )
    engagement = forms.ChoiceField(
        label=_("Written by"), choices=Engagement.choices, required=False
    )
    role = forms.ChoiceField(
        label=_("In the role"), choices=Role.choices, initial=Role.MARKETER, required=False
    )
    day = DayField(label=_("Goes out on"), required=False)
    time = ClockField(label=_("At"), required=False)
    is_advertising = forms.BooleanField(label=_("It is advertising"), required=False)
    has_picture = forms.BooleanField(
        label=_("It has a picture without a description"), required=False
    )

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        channel: Any = self.fields["channel"]
        channel.queryset = Channel.objects.for_workspace(workspace).live().in_order()

    @property
    def draft(self) -> RuleDraft:
        said = self.cleaned_data
        at = None
        if said["day"] and said["time"]:
            at = datetime.combine(said["day"], said["time"], tzinfo=self.workspace.zone)
        channel: Channel | None = said["channel"]
        return RuleDraft(
            text=said["text"],
            today=self.workspace.today(),
            channel=str(channel.uid) if channel else "",
            network=channel.network if channel else "",
            format=said["format"],
            category=said["category"],
            engagement=said["engagement"] or Engagement.EMPLOYEE,
            role=said["role"] or Role.MARKETER,
            at=at,
            now=timezone.now().astimezone(self.workspace.zone),
            known_tags=known_tags(self.workspace, [said["text"]]),
            advertising="paid" if said["is_advertising"] else "",
            alt_texts=("",) if said["has_picture"] else (),
        )
