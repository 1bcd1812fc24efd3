"""Forms for the images and videos of a post."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from content_calendar.domain.media_files import IMAGE_BYTES_AT_MOST, too_long
from content_calendar.models import PostMedia
from core.form_fields import WebAddressField
from core.forms import PlannerForm
from core.merging import MergingMixin
from core.text import isolated, web_link


class MediaForm(PlannerForm):
    """A file, or a link to where one lies."""

    unmarked = "__all__"

    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Image or video"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/gif,video/mp4,.mov,video/webm"}
        ),
        help_text=_("JPEG, PNG, WebP or GIF up to 10 MB, or a video (MP4, MOV, WebM)."),
    )
    address = WebAddressField(
        label=_("Or a link to where it lies"),
        required=False,
        max_length=500,
        help_text=_("An address that begins with https:// or http://."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="media_%s", **kwargs)
        for field in self.fields.values():  # it stands inside the post's form
            field.widget.attrs["form"] = "media-add"
        self.fields["file"].widget.attrs |= {
            "data-longest": max(settings.LONGEST_VIDEO_MB * 1_000_000, IMAGE_BYTES_AT_MOST),
            "data-too-long": too_long(),
        }

    def clean_address(self) -> str:
        """Take only what a browser may be led to."""
        address: str = self.cleaned_data["address"]
        if address and not web_link(address):
            raise forms.ValidationError(
                _("Write a whole address, for example https://example.org."), code="invalid"
            )
        return address

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not said.get("file") and not said.get("address"):
            self.add_error("file", _("Choose a file, or give a link to one."))
        return said


class DescriptionsForm(MergingMixin, PlannerForm):
    """The descriptions of the images of one post, and which of its videos have captions.

    Each stands in a field named by the uid of its image or video. They stand in the form of the
    post and are saved with it; ``prefix`` keeps the two apart.
    """

    unmarked = "__all__"
    prefix = "media"

    def __init__(self, *args: Any, media: Iterable[PostMedia], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="alt_%s", **kwargs)
        media = list(media)
        self.media_by_name = {f"alt-{one.uid}": one for one in media if one.is_image}
        self.videos_by_name = {f"captions-{one.uid}": one for one in media if one.is_video}
        for name, one in self.media_by_name.items():
            self.fields[name] = forms.CharField(
                label=_("Description for people who cannot see it"),
                required=False,
                max_length=1500,
                initial=one.alt_text,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        for name, one in self.videos_by_name.items():
            self.fields[name] = forms.BooleanField(
                label=_("It has captions"), required=False, initial=one.has_captions
            )
        self.dress()
        self.start_merging()

    @classmethod
    def is_in(cls, sent: Mapping[str, Any]) -> bool:
        """Whether the page that was sent had descriptions."""
        return f"{cls.prefix}-began" in sent

    def clean(self) -> dict[str, Any]:
        """Ask before what somebody else wrote of the same image goes."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for one in self.conflicts:
            sentence = _("Somebody else wrote “%(text)s” meanwhile. Save again to keep yours.")
            self.add_error(one.name, sentence % {"text": isolated(one.theirs)})
        return said

    @property
    def asks(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.media_by_name or self.videos_by_name)

    @property
    def texts(self) -> dict[PostMedia, str]:
        """What was said of each image."""
        return {one: self.cleaned_data[name] for name, one in self.media_by_name.items()}

    @property
    def captions(self) -> dict[PostMedia, bool]:
        """Which of the videos have captions."""
        return {one: self.cleaned_data[name] for name, one in self.videos_by_name.items()}


class MoveMediaForm(PlannerForm):
    """Which way."""

    unmarked = "__all__"

    direction = forms.ChoiceField(choices=[("up", "up"), ("down", "down")])
