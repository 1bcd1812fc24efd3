"""Forms about people."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_fields import DayField
from core.forms import PlannerForm
from core.merging import MergingMixin
from core.validators import refuse_address
from members.reassignment import Work
from workspaces.enums import Engagement, Role
from workspaces.models import Membership, Workspace


class EngagementForm(PlannerForm):
    """Role and engagement: what an invitation and a membership have in common."""

    unmarked: ClassVar[tuple[str, ...]] = (
        "company",
        "engaged_until",
    )  # asked of externals, as their help says

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    engagement = forms.ChoiceField(
        label=_("Engagement"), choices=Engagement.choices, widget=forms.RadioSelect
    )
    company = forms.CharField(
        label=_("Company"),
        max_length=120,
        required=False,
        validators=[refuse_address],
        help_text=_("For somebody external: the agency or firm."),
    )
    engaged_until = DayField(
        label=_("Until"),
        required=False,
        help_text=_("For somebody external: the last day they can come in."),
    )

    def __init__(self, *args: Any, workspace: Workspace, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        choices = [(role.value, role.label) for role in roles]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("engagement", Engagement.EMPLOYEE)

    def clean(self) -> dict[str, Any]:
        """An external has a company and, in the future, a last day."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("engagement") != Engagement.EXTERNAL:
            return values
        if "company" in values and not values["company"]:
            self.add_error("company", _("Name the company of somebody external."))
        if "engaged_until" in values:
            until = values["engaged_until"]
            if until is None:
                self.add_error("engaged_until", _("Give the last day of somebody external."))
            elif until < self.workspace.today():
                self.add_error("engaged_until", _("Choose a day that is not over."))
        return values


class MemberForm(MergingMixin, EngagementForm):
    merged_together = (("engagement", "company", "engaged_until"),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.start_merging()


class InviteForm(EngagementForm):
    """Whom to invite, and how. ``token`` makes a double press invite once."""

    BY_EMAIL, BY_LINK = "email", "link"

    way = forms.ChoiceField(
        label=_("How"),
        choices=[(BY_EMAIL, _("By email")), (BY_LINK, _("By a link that you pass on"))],
        widget=forms.RadioSelect,
        initial=BY_EMAIL,
    )
    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        required=False,
        help_text=_("Only this address can accept."),
    )
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    field_order = ["way", "email", "role", "engagement", "company", "engaged_until"]
    unmarked = ("email", "company", "engaged_until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """An email needs an address; a link goes to nobody in particular."""
        values = super().clean()
        if values.get("way") == self.BY_EMAIL and "email" in values and not values["email"]:
            self.add_error("email", _("Write the address that the invitation goes to."))
        if values.get("way") == self.BY_LINK:
            self.errors.pop("email", None)  # half an address, typed before a link was chosen
            values["email"] = ""
        return values


def _label(work: Work, number: int) -> str:
    return _("%(work)s: %(number)d") % {"work": work.label, "number": number}


class HandoverForm(PlannerForm):
    """To whom each kind of a member's work goes."""

    unmarked = "__all__"

    def __init__(
        self,
        *args: Any,
        membership: Membership,
        held: list[tuple[Work, int]],
        must_choose: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        self.must_choose = must_choose
        others = (
            Membership.objects.for_workspace(membership.workspace)
            .active()
            .exclude(pk=membership.pk)
            .by_name()
        )
        people = [(str(member.uid), member.name) for member in others]
        self._people = {str(member.uid): member for member in others}
        if held:
            only = held[0] if len(held) == 1 else None
            self.fields["everything"] = forms.ChoiceField(
                label=_label(*only) if only else _("Give everything to"),
                choices=[("", _("Choose somebody") if must_choose else _("Nobody yet")), *people],
                required=False,
            )
        if len(held) > 1:
            for work, number in held:
                self.fields[work.code] = forms.ChoiceField(
                    label=_label(work, number),
                    choices=[("", _("As above")), *people],
                    required=False,
                )
        self.dress()

    def clean(self) -> dict[str, Any]:
        """Where nothing but the work moves, somebody takes at least some of it."""
        cleaned = super().clean() or self.cleaned_data
        if self.must_choose and self.held and not self.errors and not self.receivers():
            self.add_error("everything", _("Choose who takes it over."))
        return cleaned

    def receivers(self) -> dict[str, Membership]:
        """Return the member chosen for each kind of work; nothing where it stays."""
        everything = self.cleaned_data.get("everything")
        chosen = {
            work.code: self.cleaned_data.get(work.code) or everything for work, _number in self.held
        }
        return {code: self._people[uid] for code, uid in chosen.items() if uid}
