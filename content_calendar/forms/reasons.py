"""The form that asks why a post goes on although rules have something to say of it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content_calendar.domain.fingerprint import fingerprint_of
from content_calendar.domain.post_finding import PostFinding
from content_calendar.models import Post
from content_calendar.services.reasons import Reason
from core.forms import PlannerForm
from policies.enums import GoodReason


class ReasonsForm(PlannerForm):
    """Two fields for each rule that asks: one of the ready reasons, and own words."""

    unmarked = "__all__"

    fingerprint = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, post: Post, asking: Iterable[PostFinding], **kwargs: Any
    ) -> None:
        super().__init__(*args, auto_id="why_%s", **kwargs)
        self.asking = {finding.rule: finding for finding in asking}
        self.fields["fingerprint"].initial = fingerprint_of(post) if self.asking else ""
        for rule in self.asking:
            self.fields[f"{rule}-kind"] = forms.ChoiceField(
                label=_("Why does it go on all the same?"),
                choices=GoodReason.choices,
                widget=forms.RadioSelect,
            )
            self.fields[f"{rule}-words"] = forms.CharField(
                label=_("In your words"),
                help_text=_("Needed for another reason."),
                max_length=500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.dress()

    def clean(self) -> dict[str, Any]:
        """Another reason wants words."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for rule in self.asking:
            words = said.get(f"{rule}-words", "")
            if said.get(f"{rule}-kind") == GoodReason.OTHER and not words.strip():
                self.add_error(f"{rule}-words", _("Say the reason in your own words."))
        return said

    @property
    def groups(self) -> Iterator[tuple[PostFinding, forms.BoundField, forms.BoundField]]:
        """What each rule says, with its two fields."""
        for rule, finding in self.asking.items():
            yield finding, self[f"{rule}-kind"], self[f"{rule}-words"]

    @property
    def reasons(self) -> dict[str, Reason]:
        """What was said, as ``services.reasons`` takes it."""
        said = self.cleaned_data
        return {
            rule: Reason(GoodReason(said[f"{rule}-kind"]), said[f"{rule}-words"])
            for rule in self.asking
        }
