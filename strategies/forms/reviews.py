"""Forms of submitting and deciding."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.form_fields import DayField
from core.forms import PlannerForm, PlannerModelForm
from core.text import isolated
from strategies.domain.fixes import fixes_of
from strategies.domain.questionnaire import STEPS
from strategies.domain.roadmap import FIX
from strategies.domain.row_kind import Step
from strategies.models import Milestone, ReviewRequest, StrategyVersion
from strategies.services.versions import LONGEST_TEXT, who_can_review
from workspaces.models import Membership


def _long_text(label: Any, **options: Any) -> forms.CharField:
    options.setdefault("max_length", LONGEST_TEXT)
    return forms.CharField(label=label, widget=forms.Textarea, **options)


class PersonField(forms.ModelChoiceField[Membership]):
    """One member, by name and role."""

    def label_from_instance(self, obj: Membership) -> str:
        return _person_and_role(obj)


class PeopleField(forms.ModelMultipleChoiceField[Membership]):
    """Several members, by name and role."""

    def label_from_instance(self, obj: Membership) -> str:
        return _person_and_role(obj)


def _person_and_role(member: Membership) -> str:
    return f"{member.name} · {member.get_role_display()}"


class SubmitForm(PlannerModelForm):
    """Who is asked, and a word to them. Everybody who can review is ticked to begin with.

    ``token`` makes a double press submit once.
    """

    reviewers = PeopleField(
        label=_("Who should review it?"),
        help_text=_("The first decision counts. Each gets a notice and an email."),
        queryset=Membership.objects.none(),
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
    )
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)

    class Meta:
        model = StrategyVersion
        fields = ["note"]

    def __init__(self, *args: Any, able: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"reviewers": [member.uid for member in able]}
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4()
        if able:
            self.fields["reviewers"].queryset = able  # type: ignore[attr-defined]
            self.order_fields(["reviewers", "note"])
        else:
            del self.fields["reviewers"]


class FixesForm(PlannerForm):
    """What should be fixed, to tick what becomes a milestone; what is one already is ticked."""

    fixes = forms.MultipleChoiceField(
        label=_("Should be fixed: tick what becomes a milestone"),
        help_text=_("Due two weeks after the approval. The rest is approved as it is."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def offer_fixes(self, version: StrategyVersion, today: date) -> None:
        """List the warnings of ``version``; without any, ask nothing."""
        found = fixes_of(version, approved_on=today)
        if not found:
            del self.fields["fixes"]
            return
        field: Any = self.fields["fixes"]
        field.choices = [(fix.key, fix.title) for fix in found]
        open_fixes = Milestone.objects.open().filter(strategy=version.strategy, kind=FIX)
        field.initial = list(open_fixes.values_list("key", flat=True))

    @property
    def ticked(self) -> list[str]:
        """The keys of what becomes a milestone."""
        return list(self.cleaned_data.get("fixes", ()))


class DecisionForm(FixesForm):
    """A sentence to who submitted, when to look again, and a comment on each question."""

    text = _long_text(
        _("In a sentence or two"),
        help_text=_("Needed when you ask for changes."),
        required=False,
    )
    next_review_on = DayField(
        label=_("Look at the strategy again on"),
        help_text=_("Halfway through the period works for most."),
        required=False,
    )
    unmarked = "__all__"

    def __init__(self, *args: Any, version: StrategyVersion, today: date, **kwargs: Any) -> None:
        self.version, self.today = version, today
        kwargs.setdefault("initial", {"next_review_on": _halfway(version, today)})
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("To %(person)s, in a sentence or two") % {
            "person": isolated(version.submitted_by)
        }
        for step in STEPS:
            field = _long_text(_comment_label(step), required=False)
            field.widget.attrs["rows"] = "2"
            self.fields[comment_name(step.code)] = field
        self.offer_fixes(version, today)
        self.dress()

    def clean_next_review_on(self) -> date | None:
        """Take a day of the period that is not over."""
        chosen: date | None = self.cleaned_data["next_review_on"]
        last = max(self.version.ends_on, self.today)
        if chosen and not self.today <= chosen <= last:
            raise forms.ValidationError(
                _("Choose a day from today to the end of the period, %(last)s."),
                params={"last": date_format(last)},
            )
        return chosen

    @property
    def comments(self) -> Mapping[str, str]:
        """Step code → text."""
        return {step.code: self.cleaned_data.get(comment_name(step.code), "") for step in STEPS}

    def written(self) -> list[tuple[str, str, str]]:
        """Return (name, label, text) of everything a person has typed, also when it is wrong."""
        names = ["text", *(comment_name(step.code) for step in STEPS)]
        bound = [self[name] for name in names]
        return [
            (field.name, str(field.label), str(field.value()))
            for field in bound
            if str(field.value() or "").strip()
        ]


class ChangesForm(DecisionForm):
    """The same, where the sentence is needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["text"].error_messages["required"] = _("Say what should change.")

    def clean_next_review_on(self) -> date | None:
        """Nothing comes into force, so no day is looked at."""
        return None


def comment_name(step: str) -> str:
    """Return the name of the field for a comment on ``step``."""
    return f"comment_{step}"


def _comment_label(step: Step) -> Any:
    if step.number:
        return format_lazy(_("Your comment on question {number}"), number=step.number)
    return format_lazy(_("Your comment on “{name}”"), name=step.name)


def _halfway(version: StrategyVersion, today: date) -> date:
    middle = version.starts_on + (version.ends_on - version.starts_on) / 2
    return min(max(middle, today), max(version.ends_on, today))


class AloneForm(FixesForm):
    """Why there is no second reader."""

    reason = _long_text(
        _("Why do you approve it yourself?"),
        max_length=2000,
        help_text=_("Everybody who opens the strategy sees this, beside your name."),
    )
    field_order = ("reason", "fixes")
    unmarked = ("fixes",)

    def __init__(self, *args: Any, version: StrategyVersion, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_fixes(version, today)
        self.dress()


class ReviewerForm(PlannerForm):
    """Ask somebody; instead of whom, if one of those asked is away."""

    to = PersonField(
        label=_("Ask"), queryset=Membership.objects.none(), to_field_name="uid", empty_label=None
    )
    instead_of = PersonField(
        label=_("Instead of"),
        help_text=_("Whoever is named here no longer waits for it, and is told so."),
        queryset=Membership.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label=_("nobody: one more person"),
    )

    def __init__(self, *args: Any, version: StrategyVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = ReviewRequest.objects.filter(version=version).standing()
        asked = standing.values("reviewer")
        able = who_can_review(version.strategy.workspace, author=version.submitted_by)
        self.fields["to"].queryset = able.exclude(pk__in=asked)  # type: ignore[attr-defined]
        self.fields["instead_of"].queryset = (  # type: ignore[attr-defined]
            Membership.objects.for_workspace(version.strategy.workspace)
            .filter(pk__in=asked)
            .by_name()
        )


class InviteReviewerForm(PlannerForm):
    """The address of somebody who should review it. ``token`` makes a double press invite once."""

    email = forms.EmailField(
        label=_("Email of the person you invite"),
        help_text=_("They join as a manager, and can then review this strategy."),
        max_length=254,
    )
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "id_invite_%s")  # it stands below another form
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4()
