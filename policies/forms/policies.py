"""The forms of policies and their versions."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.form_fields import DayField, WholeNumberField
from core.forms import PlannerForm, PlannerModelForm
from core.merging import MergingMixin
from networks.models import Channel
from policies.domain.text import FILE_AT_MOST, LONGEST, UnreadableFile, read_file
from policies.models import Policy
from policies.services.policies import FIELDS, Publication
from policies.starters import POLICY_STARTERS
from workspaces.models import Workspace

BLANK = "blank"


class PolicyAddForm(PlannerForm):
    """How a policy begins: with a starter, an own file, or nothing.

    ``token`` makes a double press begin one policy only.
    """

    unmarked = ("title",)

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        required=False,
        help_text=_("Empty takes the title of what you begin with."),
    )
    begin_with = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("Or a file of your own"),
        required=False,
        help_text=_(
            "A Markdown or text file, 1 MB at most. It takes the place of the choice above."
        ),
        widget=forms.FileInput(attrs={"accept": ".md,.markdown,.txt,text/markdown,text/plain"}),
    )
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["begin_with"]
        field.choices = [
            *((code, starter.title) for code, starter in POLICY_STARTERS.items()),
            (BLANK, _("An empty page")),
        ]
        field.initial = next(iter(POLICY_STARTERS))
        self.fields["token"].initial = uuid.uuid4()

    def clean_file(self) -> tuple[str, str] | None:
        """Return title and text of the file."""
        sent = self.cleaned_data.get("file")
        if not sent:
            return None
        if sent.size > FILE_AT_MOST:
            raise ValidationError(_("Choose a file of 1 MB at most."))
        try:
            title, text = read_file(sent.read())
        except UnreadableFile as error:
            raise ValidationError(
                _("This is not a text file that can be read. Save it as plain text (UTF-8).")
            ) from error
        if not text:
            raise ValidationError(_("There is no text in this file."))
        if len(text) > LONGEST:
            raise ValidationError(_("This text is too long for one policy. Divide it."))
        return title[:120], text

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return said
        starter = POLICY_STARTERS.get(said["begin_with"])
        if said.get("file"):
            title, said["text"] = said["file"]
        else:
            title = str(starter.title) if starter else ""
            said["text"] = starter.text if starter else ""
            said["concerned"] = starter.concerned if starter else ""
        said["title"] = said.get("title") or title
        if not said["title"]:
            self.add_error("title", _("Give it a title."))
        return said

    @property
    def values(self) -> dict[str, Any]:
        """What the policy begins with."""
        said = self.cleaned_data
        return {name: said[name] for name in ("title", "text", "concerned") if name in said}


class PolicyForm(MergingMixin, PlannerModelForm):
    """The words of a policy as they are being written."""

    merged_by_box = ("channels",)

    revision = WholeNumberField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Policy
        fields = FIELDS
        widgets = {
            "concerned": forms.RadioSelect,
            "channels": forms.CheckboxSelectMultiple,
            "text": forms.Textarea(attrs={"rows": "24"}),
        }

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Channel.objects.for_workspace(workspace)
        channels: Any = self.fields["channels"]
        named = here.filter(pk__in=self.instance.channels.values("pk"))
        channels.queryset = (here.live() | named).distinct().in_order()
        concerned: Any = self.fields["concerned"]
        concerned.choices = [choice for choice in concerned.choices if choice[0]]
        for field in self.fields.values():
            field.label = str(field.label or "").capitalize()
        self.fields["revision"].initial = self.instance.revision
        self.dress()
        self.start_merging()

    @property
    def values(self) -> dict[str, Any]:
        """The answers, without what belongs to the form."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class PublishForm(PlannerForm):
    """Whether people have to read it, from when on, and by when."""

    MAJOR, MINOR = "major", "minor"

    weight = forms.ChoiceField(
        label=_("How much has changed?"),
        choices=[
            (MAJOR, _("Something that matters: everybody concerned reads it again")),
            (MINOR, _("A small thing: nobody has to read it again")),
        ],
        initial=MAJOR,
        widget=forms.RadioSelect,
    )
    summary = forms.CharField(
        label=_("What has changed, in a few words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Stands above the text, for those who have read the version before."),
    )
    on = DayField(label=_("In force from"), required=False, help_text=_("Empty means at once."))
    read_by_on = DayField(
        label=_("To be read by"),
        required=False,
        help_text=_("Empty means a week after it comes into force."),
    )
    revision = WholeNumberField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:  # everybody reads it, and nothing has changed
            del self.fields["weight"], self.fields["summary"]

    @property
    def publication(self) -> Publication:
        said = self.cleaned_data
        return Publication(
            is_major=said.get("weight", self.MAJOR) == self.MAJOR,
            summary=said.get("summary", ""),
            on=said["on"],
            read_by_on=said["read_by_on"],
        )


class SignedCopyForm(PlannerForm):
    """A copy signed on paper by somebody without an account."""

    name = forms.CharField(label=_("Name"), max_length=120)
    company = forms.CharField(label=_("Company"), max_length=120, required=False)
    signed_on = DayField(label=_("Signed on"))
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4()


class VersionNumberForm(PlannerForm):
    """Which version the page showed."""

    number = WholeNumberField(min_value=1, widget=forms.HiddenInput)
