"""The forms of hashtags: looking one up, approving lasting ones, and the filter of their list."""

import re
import uuid
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.exceptions import Refusal
from core.form_fields import DayField
from core.forms import PlannerForm
from networks.text_parts import HASHTAG_AT_MOST, hashtag_key
from policies.enums import HashtagVerdict
from policies.models import HashtagCheck
from policies.models.hashtag import HashtagQuerySet
from policies.services.hashtags import LASTING_AT_ONCE, Looked, tag_in


class HashtagCheckForm(PlannerForm):
    """What somebody found about one hashtag. ``token`` makes a double press note it once."""

    unmarked = ("avoid_until", "is_lasting")

    tag = forms.CharField(label=_("Hashtag"), max_length=HASHTAG_AT_MOST + 1)
    about = forms.CharField(
        label=_("What is it about right now?"),
        help_text=_("Read the ten newest posts with it. Somebody’s grief, a quarrel, a joke?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    verdict = forms.ChoiceField(label=_("Verdict"), widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("Where you looked"),
        help_text=_("A link to what you found, or a note."),
        max_length=500,
        required=False,
    )
    avoid_until = DayField(
        label=_("Avoid it until"),
        help_text=_("The last day, for Avoid only. Empty: until somebody says otherwise."),
        required=False,
    )
    is_lasting = forms.BooleanField(
        label=_("It is a lasting tag of ours"),
        help_text=_("Approved for a year, then looked at again."),
        required=False,
    )
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, may_approve_lasting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verdict: Any = self.fields["verdict"]
        verdict.choices = [
            (HashtagVerdict.SAFE, _("Safe: it is about what we mean")),
            (HashtagVerdict.CAUTION, _("Caution: read the note before you use it")),
            (HashtagVerdict.AVOID, _("Avoid: no post goes out with it")),
        ]
        if not may_approve_lasting:
            del self.fields["is_lasting"]
        self.fields["token"].initial = uuid.uuid4()

    def clean_tag(self) -> str:
        try:
            return tag_in(self.cleaned_data["tag"])
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from None

    def clean(self) -> dict[str, Any]:
        """A last day belongs to a tag that is avoided."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("avoid_until") and said.get("verdict") != HashtagVerdict.AVOID:
            self.add_error("avoid_until", _("Choose Avoid as well, or leave this empty."))
        return said

    @property
    def looked(self) -> Looked:
        said = self.cleaned_data
        return Looked(
            verdict=HashtagVerdict(said["verdict"]),
            about=said["about"],
            evidence=said["evidence"],
            avoid_until=said["avoid_until"],
            is_lasting=said.get("is_lasting"),
        )


class LastingForm(PlannerForm):
    """Several lasting tags at once."""

    tags = forms.CharField(
        label=_("Hashtags"),
        help_text=_("With blanks, commas or lines between them."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    about = forms.CharField(
        label=_("What are they about?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_tags(self) -> list[str]:
        """Return the hashtags without their signs."""
        words = [word for word in re.split(r"[\s,;]+", self.cleaned_data["tags"]) if word]
        if len(words) > LASTING_AT_ONCE:
            raise ValidationError(
                _("Approve %(number)d hashtags or fewer at once."),
                params={"number": LASTING_AT_ONCE},
            )
        tags = []
        for word in words:
            try:
                tags.append(tag_in(word))
            except Refusal:
                raise ValidationError(
                    _("“%(word)s” is no hashtag: use letters, digits and underscores."),
                    params={"word": word[:40]},
                ) from None
        return tags


OVER = "over"


class HashtagFilter(PlannerForm):
    """Which hashtags are shown. What cannot be read filters nothing."""

    unmarked = "__all__"

    text = forms.CharField(label=_("Find"), required=False, max_length=100)
    verdict = forms.ChoiceField(
        label=_("Verdict"),
        required=False,
        choices=[("", _("All")), *HashtagVerdict.choices, (OVER, _("No longer holds"))],
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All")), ("lasting", _("Lasting")), ("topical", _("Topical"))],
    )

    @property
    def chosen(self) -> dict[str, str]:
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """The filter as it stands in an address, without a question mark."""
        return urlencode(self.chosen)

    def narrow(self, hashtags: HashtagQuerySet) -> HashtagQuerySet:
        """Return those that are asked for, each with the key of its newest check."""
        checks = HashtagCheck.objects.filter(hashtag=OuterRef("pk")).order_by("-pk")
        found = hashtags.annotate(newest=Subquery(checks.values("pk")[:1]))
        chosen = self.chosen
        if text := chosen.get("text"):
            found = found.filter(key__contains=hashtag_key(text))
        if kind := chosen.get("kind"):
            found = found.filter(is_lasting=kind == "lasting")
        if verdict := chosen.get("verdict"):
            ends, said = checks.values("until")[:1], checks.values("verdict")[:1]
            found = found.annotate(ends=Subquery(ends), said=Subquery(said))
            is_over = Q(ends__lt=timezone.now())
            found = found.filter(is_over if verdict == OVER else Q(said=verdict))
        return found
