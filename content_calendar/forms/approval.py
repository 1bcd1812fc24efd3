"""Forms of deciding on a post."""

from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from content_calendar.domain.fingerprint import fingerprint_of
from content_calendar.models import Post
from content_calendar.models.post import TEXT_AT_MOST
from core.forms import PlannerForm
from core.text import isolated

LONGEST_COMMENT = 4_000


class SeenForm(PlannerForm):
    """A decision on what the page showed: ``fingerprint`` says what that was."""

    unmarked = "__all__"

    data: Any  # a QueryDict, or what is shown again
    fingerprint = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post
        self.fields["fingerprint"].initial = fingerprint_of(post)

    def show_again(self) -> None:
        """Speak of what the page shows now, with what was typed."""
        self.data = {**self.data.dict(), "fingerprint": fingerprint_of(self.post)}


class PostDecisionForm(SeenForm):
    """A word to who wrote the post."""

    comment = forms.CharField(
        label=_("Comment"),
        help_text=_("Needed when you ask for changes."),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea,
    )


class PostChangesForm(PostDecisionForm):
    """The same, where the comment is needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].required = True
        self.fields["comment"].error_messages["required"] = _("Say what should change.")


class PublishNowForm(PlannerForm):
    """Why a post goes out without approval."""

    unmarked = "__all__"

    reason = forms.CharField(
        label=_("Why can it not wait?"),
        help_text=_("Whoever could have approved it reads this at once."),
        max_length=LONGEST_COMMENT,
        error_messages={"required": _("Say why this cannot wait.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CorrectionForm(SeenForm):
    """The text of the post, and of each channel that has its own, to correct and approve."""

    text = forms.CharField(
        label=_("Text"), max_length=TEXT_AT_MOST, required=False, widget=forms.Textarea
    )
    correction_comment = forms.CharField(
        label=_("Comment"), max_length=LONGEST_COMMENT, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "id_correct_%s")  # it stands below another form
        super().__init__(*args, post=post, **kwargs)
        self.fields["text"].initial = post.text
        self.uids: dict[str, str] = {}  # field → uid of the channel
        for version in post.versions.select_related("channel").exclude(own_text=""):
            name = f"{version.channel.uid}-own_text"
            self.uids[name] = str(version.channel.uid)
            self.fields[name] = forms.CharField(
                label=now("Text for %(channel)s") % {"channel": isolated(version.channel)},
                max_length=TEXT_AT_MOST,
                initial=version.own_text,
                required=False,
                widget=forms.Textarea,
            )
        self.order_fields(["fingerprint", "text", *self.uids, "correction_comment"])
        self.dress()

    @property
    def texts(self) -> dict[str, str]:
        """The texts as ``services.approval`` takes them."""
        own = {uid: self.cleaned_data[name] for name, uid in self.uids.items()}
        return {"text": self.cleaned_data["text"], **own}


class PostAloneForm(SeenForm):
    """Why there is no second reader."""

    reason = forms.CharField(
        label=_("Why do you approve it yourself?"),
        help_text=_("Everybody who opens the post sees this, beside your name."),
        max_length=2000,
        widget=forms.Textarea,
    )
