"""The forms of the access register."""

import uuid
from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from core.exceptions import Refusal
from core.form_fields import DayField, WholeNumberField
from core.forms import PlannerForm, PlannerModelForm
from core.merging import MergingMixin
from core.validators import refuse_address
from networks.access_table import BYTES_AT_MOST, decoded
from networks.access_terms import outsider_name
from networks.enums import AccessLevel
from networks.models import AccessGrant, AccessGrantQuerySet, Channel
from networks.services_access import ACCESS_FIELDS, ACCESS_TOGETHER, clean_access
from workspaces.enums import Engagement
from workspaces.models import Membership, Workspace


class AccessForm(MergingMixin, PlannerModelForm):
    """What is said of one access. ``asks_already`` shows the box that goes past the conditions."""

    merged_together = ACCESS_TOGETHER
    unmarked = ("member", "outsider_name", "outsider_company")

    channel = forms.ModelChoiceField(
        label=_("Channel"), queryset=Channel.objects.none(), to_field_name="uid"
    )
    has_it_already = forms.BooleanField(
        label=_("They have this access already; record it all the same"),
        required=False,
        help_text=_("It stays to be looked at until it is mended."),
    )
    revision = WholeNumberField(required=False, widget=forms.HiddenInput)
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    field_order = ["channel", *ACCESS_FIELDS, "has_it_already"]

    class Meta:
        model = AccessGrant
        fields = ACCESS_FIELDS
        field_classes: ClassVar[dict[str, Any]] = {"starts_on": DayField, "ends_on": DayField}
        help_texts = {
            "outsider_name": _("For somebody who has no account here."),
            "outsider_email": _("How you reach them. Nothing is sent."),
            "level": _("Whichever comes closest to what the network calls it."),
        }

    def __init__(
        self, *args: Any, workspace: Workspace, asks_already: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        stored = self.instance if self.instance.pk else None
        here = Membership.objects.for_workspace(workspace)
        own = here.filter(pk=stored.member_id) if stored else here.none()
        member: Any = self.fields["member"]
        member.queryset = (here.active() | own).distinct().by_name()
        member.empty_label = now("Somebody from outside")
        if stored:
            del self.fields["channel"], self.fields["has_it_already"]
        else:
            channel: Any = self.fields["channel"]
            channel.queryset = Channel.objects.for_workspace(workspace).live().in_order()
            if not asks_already and "has_it_already" not in self.data:
                del self.fields["has_it_already"]
        for name in ("outsider_name", "outsider_company"):
            self.fields[name].validators.append(refuse_address)
        for field in self.fields.values():
            field.label = capfirst(str(field.label or ""))
        self.fields["revision"].initial = self.instance.revision
        self.fields["token"].initial = uuid.uuid4()
        self.dress()
        self.start_merging(is_stored=stored is not None)

    def clean(self) -> dict[str, Any]:
        """Ask what every writer of the register must answer."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        asked = {name: said.get(name) for name in ACCESS_FIELDS}
        try:
            said.update(clean_access(self.workspace, asked))
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                if not self.has_error(name):
                    self.add_error(name, sentences)
        return said

    def _post_clean(self) -> None:
        """Leave the instance alone: a service writes it."""

    @property
    def values(self) -> dict[str, Any]:
        """The answers, without what belongs to the form."""
        return {name: self.cleaned_data[name] for name in ACCESS_FIELDS}


#: Of more people there is no menu: it would be longer than the table, and the search finds names.
PEOPLE_OFFERED = 100


class AccessFilter(PlannerForm):
    """Which accesses are shown. What cannot be read, or is not of this workspace, filters nothing."""

    OVER, DUE, SOON = "over", "due", "soon"

    unmarked = "__all__"

    text = forms.CharField(label=_("Search"), required=False, max_length=100)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    person = forms.ChoiceField(label=_("Person"), required=False)
    engagement = forms.ChoiceField(
        label=_("Engagement"),
        required=False,
        choices=[("", _("Everybody")), *Engagement.choices],
    )
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("All levels")), *AccessLevel.choices]
    )
    due = forms.ChoiceField(
        label=_("Confirmation"),
        required=False,
        choices=[("", _("All")), (DUE, _("To be confirmed")), (OVER, _("To take back"))],
    )

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        channels = Channel.objects.for_workspace(workspace).live().in_order()
        self.channels = {str(one.uid): one for one in channels}
        self._offer("channel", _("All channels"), [(k, str(v)) for k, v in self.channels.items()])
        people = list(self._people())
        if len(people) > PEOPLE_OFFERED:
            del self.fields["person"]
        else:
            self._offer("person", _("Everybody"), sorted(people, key=_by_name))
        self.fields["text"].widget.attrs["type"] = "search"

    def _offer(self, name: str, everything: Any, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", everything), *choices]

    def _people(self) -> Iterator[tuple[str, str]]:
        """Everybody who has access now, each once; of more than are offered no further ones."""
        grants = AccessGrant.objects.for_workspace(self.workspace).current().order_by()
        found = grants.values_list(
            "person_uid",
            "member__user__name",
            "member__company",
            "outsider_name",
            "outsider_company",
        ).distinct()[: PEOPLE_OFFERED + 1]
        for uid, member, company, outsider, its_company in found:
            yield str(uid), outsider_name(member or outsider, company or its_company)

    @property
    def chosen(self) -> dict[str, str]:
        """What is filtered by: the names of the address with their values."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """The filter as it stands in an address, without a question mark."""
        return urlencode(self.chosen)

    @property
    def channel_chosen(self) -> Channel | None:
        return self.channels.get(self.chosen.get("channel", ""))

    def narrow(self, grants: AccessGrantQuerySet) -> AccessGrantQuerySet:
        """Return those of ``grants`` that are asked for."""
        chosen, today = self.chosen, self.workspace.today()
        if uid := chosen.get("channel"):
            grants = grants.filter(channel__uid=uid)
        if uid := chosen.get("person"):
            grants = grants.filter(person_uid=uid)
        if engagement := chosen.get("engagement"):
            external = Q(member=None) | Q(member__engagement=Engagement.EXTERNAL)
            is_external = engagement == Engagement.EXTERNAL
            grants = grants.filter(external if is_external else ~external)
        if level := chosen.get("level"):
            grants = grants.filter(level=level)
        if due := chosen.get("due"):
            grants = grants.over(today) if due == self.OVER else grants.to_confirm(today)
        for word in chosen.get("text", "").split():
            grants = grants.filter(
                Q(outsider_name__icontains=word)
                | Q(outsider_company__icontains=word)
                | Q(outsider_email__icontains=word)
                | Q(member__user__name__icontains=word)
                | Q(member__user__email__icontains=word)
                | Q(member__company__icontains=word)
                | Q(channel__handle__icontains=word)
                | Q(channel__network__icontains=word)
                | Q(channel__other_network__icontains=word)
                | Q(password_place__icontains=word)
            )
        return grants


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1].casefold()


class ConfirmForm(PlannerForm):
    """The answers of one sitting: a field ``<uid>`` for each access that the page showed.

    ``shown`` names each access with the revision that was read.
    """

    RIGHT, CHANGED, ENDED = "right", "changed", "ended"

    rest_is_right = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.revisions: dict[uuid.UUID, int] = {}
        for shown in data.getlist("shown"):
            uid, _colon, revision = shown.partition(":")
            try:
                self.revisions[uuid.UUID(uid)] = int(revision)
            except ValueError:
                continue

    def answered(self, answer: str) -> dict[uuid.UUID, int]:
        """Return the accesses that got ``answer``, each with the revision that was read."""
        rest = self.RIGHT if self.cleaned_data["rest_is_right"] else ""
        return {
            uid: revision
            for uid, revision in self.revisions.items()
            if (self.data.get(f"access-{uid}") or rest) == answer
        }


class TakeBackForm(PlannerForm):
    """Which accesses of a leaver were taken back."""

    taken = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, grants: list[AccessGrant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grants = {str(grant.uid): grant for grant in grants}
        choices = [(uid, str(grant)) for uid, grant in self.grants.items()]
        self.fields["taken"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[AccessGrant]:
        return [self.grants[uid] for uid in self.cleaned_data["taken"]]


class AccessUploadForm(PlannerForm):
    """A list of accesses: a file, or lines pasted from a spreadsheet."""

    unmarked = "__all__"

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("CSV as a spreadsheet saves it, at most 5 MB and 20,000 lines."),
        widget=forms.FileInput(
            attrs={
                "accept": ".csv,.tsv,.txt,text/csv",
                "data-longest": BYTES_AT_MOST,
                "data-too-long": _("The file is larger than 5 MB. Split it, or leave out columns."),
            }
        ),
    )
    pasted = forms.CharField(
        label=_("Or paste the lines here, with the line of headings"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the file as text."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        file = said.get("file")
        if file is None and "file" not in self.errors:
            if not said.get("pasted"):
                self.add_error("file", now("Choose a file, or paste the lines below."))
            said["text"], said["name"] = said.get("pasted", ""), now("Pasted lines")
        elif file is not None:
            try:
                said["text"], said["name"] = decoded(file.read()), file.name
            except Refusal as refusal:
                self.add_error("file", str(refusal))
        return said
