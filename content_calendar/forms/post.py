"""The form of a post with its versions."""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from content_calendar.domain.moments import NoSuchTime, planned_moment
from content_calendar.domain.strategy_choices import StrategyChoices, choices_on
from content_calendar.enums import Origin
from content_calendar.models import Post, PostVersion
from content_calendar.services.posts import FIELDS, VERSION_FIELDS, first_format
from core.enums import ContentCategory
from core.form_fields import ClockField, DayField, WholeNumberField
from core.forms import PlannerModelForm
from core.merging import MergingMixin
from core.text import isolated
from networks.catalogue import NETWORKS
from networks.enums import ChannelState, PostFormat
from networks.models import Channel
from workspaces.models import Membership, Workspace

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CONNECT = ("message_uid", "audience_uids", "objective_uid", "theme_uid", "campaign_uid")
MORE = (
    "title",
    "origin",
    "source",
    "has_permission",
    "photographer",
    "licence_until",
    "consent_until",
    "advertising",
    "retouching",
    "notes",
    "tags",
    "owner",
)
#: What a field of a fold says when nobody has said anything there.
_UNSAID = {"origin": Origin.US}
#: Fields that always have a value.
_SAYS_NOTHING = {"owner", "format"}


@dataclass(frozen=True)
class Fold:
    """A part of the form that is closed while it holds nothing."""

    code: str
    title: "StrOrPromise"
    fields: list[forms.BoundField]
    channel: Channel | None = None

    @property
    def is_open(self) -> bool:
        """Whether something was said there, or something is wrong."""
        return any(field.errors or self._says_something(field) for field in self.fields)

    @staticmethod
    def _says_something(field: forms.BoundField) -> bool:
        name = field.name.rpartition("-")[2]
        if name in _SAYS_NOTHING:
            return False
        return (field.value() or "") not in ("", [], (), _UNSAID.get(name))


class PostForm(MergingMixin, PlannerModelForm):
    """What is said of one post. Each channel that is chosen has fields of its own, named
    ``<channel uid>-own_text`` and so on.

    ``token`` makes a double press add one post only.
    """

    merged_together = (("planned_on", "planned_time"),)
    merged_by_box = ("channels", "audience_uids")
    unmarked = "__all__"

    revision = WholeNumberField(required=False, widget=forms.HiddenInput)
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    channels = forms.MultipleChoiceField(
        label=_("Channels"), required=False, widget=forms.CheckboxSelectMultiple
    )
    category = forms.ChoiceField(
        label=_("Category"),
        required=False,
        choices=[*ContentCategory.choices, ("", _("Not chosen yet"))],
        widget=forms.RadioSelect,
    )
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=400,
        help_text=_("Words of your own to find posts by, with commas between them."),
    )
    message_uid = forms.ChoiceField(label=_("Key message"), required=False)
    audience_uids = forms.MultipleChoiceField(
        label=_("Audiences"), required=False, widget=forms.CheckboxSelectMultiple
    )
    objective_uid = forms.ChoiceField(label=_("Objective"), required=False)
    theme_uid = forms.ChoiceField(label=_("Theme"), required=False)
    campaign_uid = forms.ChoiceField(label=_("Campaign or activity"), required=False)

    class Meta:
        model = Post
        fields = FIELDS
        field_classes: ClassVar[dict[str, Any]] = {
            "planned_on": DayField,
            "planned_time": ClockField,
            "licence_until": DayField,
            "consent_until": DayField,
        }

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        stored = self.instance.pk is not None
        versions = self._versions() if stored else {}
        self._offer_channels(versions)
        self._offer_strategy()
        self._fill_by_script()
        here = Membership.objects.for_workspace(workspace)
        owner: Any = self.fields["owner"]
        owner.queryset = (
            (here.active() | here.filter(pk=self.instance.owner_id)).distinct().by_name()
        )
        owner.empty_label = _("Nobody yet")
        if stored:
            self.fields["tags"].initial = ", ".join(tag.name for tag in self.instance.tags.all())
        self.fields["text"].widget.attrs |= {"rows": 6, "aria-describedby": "post-counts"}
        self._of_new_versions: set[str] = set()
        for channel in self.chosen_channels(versions):
            self._add_version(channel, versions.get(channel))
        for field in self.fields.values():
            field.label = str(field.label or "")[:1].upper() + str(field.label or "")[1:]
        self.fields["revision"].initial = self.instance.revision
        self.fields["token"].initial = uuid.uuid4()
        self.dress()
        self._begin_missing_versions()
        self.start_merging(is_stored=stored)

    # --- what can be chosen -----------------------------------------------------------------

    def _versions(self) -> dict[Channel, PostVersion]:
        found = self.instance.versions.select_related("channel")
        return {version.channel: version for version in found}

    def _offer_channels(self, versions: dict[Channel, PostVersion]) -> None:
        """Offer the channels in use, and those that the post has already.

        One that was closed or removed after it was ticked is shown too, with what was typed for it.
        """
        ticked = self._ticked()
        in_use, self.gone = [], []
        for channel in Channel.objects.for_workspace(self.workspace).in_order():
            if channel.removed_at is None and channel.state != ChannelState.CLOSED:
                in_use.append(channel)
            elif channel not in versions and str(channel.uid) in ticked:
                self.gone.append(channel)
        self.offered = list(dict.fromkeys([*in_use, *versions, *self.gone]))
        choose: Any = self.fields["channels"]
        choose.choices = [(str(channel.uid), str(channel)) for channel in self.offered]
        choose.initial = [str(channel.uid) for channel in versions]

    def _offer_strategy(self) -> None:
        """Offer what the strategy in force on the post's day has, and what the post has already."""
        day = self.instance.planned_on or self.initial.get("planned_on") or self.workspace.today()
        self.strategy: StrategyChoices = choices_on(self.workspace, day)
        for name, choices in {
            "message_uid": self.strategy.messages,
            "objective_uid": self.strategy.objectives,
            "theme_uid": self.strategy.themes,
            "campaign_uid": self.strategy.campaigns,
        }.items():
            chosen = self.initial.get(name) or getattr(self.instance, name)
            self._offer(name, choices, chosen, with_none=True)
        audiences = self.initial.get("audience_uids") or self.instance.audience_uids
        self._offer("audience_uids", self.strategy.audiences, *audiences)

    def _offer(
        self, name: str, choices: list[tuple[str, str]], *chosen: Any, with_none: bool = False
    ) -> None:
        known = {uid for uid, _words in choices}
        of_another = [str(uid) for uid in chosen if uid and str(uid) not in known]
        field: Any = self.fields[name]
        field.choices = [
            *([("", "–")] if with_none else []),
            *choices,
            *((uid, _("Of another strategy")) for uid in of_another),
        ]

    def _fill_by_script(self) -> None:
        """Say in the page what a key message and a theme fill in, as ``clean`` does it."""
        messages = {}
        for uid, _words in self.strategy.messages:
            audiences, objective = self.strategy.served_by_message(uid)
            messages[uid] = {"audience_uids": audiences, "objective_uid": [objective]}
        themes = {
            uid: {"category": [self.strategy.category_of_theme(uid)]}
            for uid, _words in self.strategy.themes
        }
        for name, filled in (("message_uid", messages), ("theme_uid", themes)):
            self.fields[name].widget.attrs["data-fills"] = json.dumps(filled)

    def _ticked(self) -> set[str]:
        return set(self.data.getlist(self.add_prefix("channels"))) if self.is_bound else set()

    def chosen_channels(self, versions: dict[Channel, PostVersion]) -> Iterator[Channel]:
        """The channels whose fields the form has: those stored, and those ticked."""
        ticked = self._ticked()
        if not self.is_bound and not versions:
            ticked = set(self.initial.get("channels", ()))
        for channel in self.offered:
            if channel in versions or str(channel.uid) in ticked:
                yield channel

    def _add_version(self, channel: Channel, version: PostVersion | None) -> None:
        if version is None:
            self._of_new_versions |= {f"{channel.uid}-{name}" for name in VERSION_FIELDS}
            version = PostVersion(format=first_format(channel))
        text = PostVersion._meta.get_field("own_text").formfield(initial=version.own_text)
        self.fields[f"{channel.uid}-own_text"] = text  # type: ignore[assignment]
        self.fields[f"{channel.uid}-format"] = forms.ChoiceField(
            label=_("format"),
            choices=_formats(channel, version.format),
            required=False,
            initial=version.format,
        )
        self.fields[f"{channel.uid}-language"] = forms.CharField(
            label=_("language"), max_length=10, required=False, initial=version.language
        )
        self.fields[f"{channel.uid}-own_time"] = ClockField(
            label=_("time"),
            required=False,
            initial=version.own_time,
            widget=forms.TimeInput,
            help_text=_("Empty: the time of the post."),
        )

    def _merged_names(self) -> list[str]:
        """The version for a channel that was just chosen is new: there is nothing to merge with."""
        return [name for name in super()._merged_names() if name not in self._of_new_versions]

    def _begin_missing_versions(self) -> None:
        """Let versions begin with what is stored where the page had no fields for them.

        So it is when a channel was ticked without script.
        """
        self._missing: set[Channel] = set()
        if not self.is_bound:
            return
        self.data = self.data.copy()
        for channel in self.offered:
            names = [f"{channel.uid}-{name}" for name in VERSION_FIELDS]
            if names[0] in self.fields and not any(name in self.data for name in names):
                self._missing.add(channel)
                for name in names:
                    self._put(name, self._initial_text(name))

    # --- the page ---------------------------------------------------------------------------

    @property
    def version_folds(self) -> list[Fold]:
        """The fields of each chosen channel's version."""
        return [
            Fold(
                f"version-{channel.uid}",
                str(channel),
                [self[f"{channel.uid}-{name}"] for name in VERSION_FIELDS],
                channel,
            )
            for channel in self.offered
            if f"{channel.uid}-own_text" in self.fields
        ]

    @property
    def missing_folds(self) -> list[Fold]:
        """Those that the page it came from did not have."""
        return [fold for fold in self.version_folds if fold.channel in self._missing]

    @property
    def connect(self) -> Fold:
        """What the post serves in the strategy."""
        return Fold("connect", _("Connect to the strategy"), [self[name] for name in CONNECT])

    @property
    def more(self) -> Fold:
        """What is seldom said."""
        return Fold("more", _("More"), [self[name] for name in MORE])

    @property
    def categories(self) -> list[tuple[forms.boundfield.BoundWidget, ContentCategory | None]]:
        """The buttons of the category, each with what it stands for."""
        return [
            (option, ContentCategory(option.data["value"]) if option.data["value"] else None)
            for option in self["category"].subwidgets
        ]

    @property
    def typed(self) -> tuple[Post, list[PostVersion]]:
        """The post and its versions as they are typed, unsaved; what cannot be read is left out."""
        self.is_valid()  # once: cleaning again would lose what a view said of the form
        post, zone = self.instance, self.workspace.zone
        post.workspace = self.workspace
        try:
            post.planned_at = planned_moment(post.planned_on, post.planned_time, zone)
            if post.planned_at is None:
                post.planned_on = post.planned_time = None
        except NoSuchTime:
            post.planned_on = post.planned_time = post.planned_at = None
        by_uid = {str(channel.uid): channel for channel in self.offered}
        versions = [
            PostVersion(post=post, channel=by_uid[uid], **self._typed_version(by_uid[uid]))
            for uid in self.cleaned_data.get("channels", ())
            if f"{uid}-own_text" in self.fields
        ]
        for version in versions:
            version.goes_out_at = post.planned_at
        return post, versions

    def _typed_version(self, channel: Channel) -> dict[str, Any]:
        own_text, post_format = (
            self.cleaned_data.get(f"{channel.uid}-{name}") for name in ("own_text", "format")
        )
        return {"own_text": own_text or "", "format": post_format or first_format(channel)}

    # --- what was said ----------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Fill what a key message or a theme that was just chosen says, where it is left empty."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self._is_new_choice("message_uid"):
            audiences, objective = self.strategy.served_by_message(said["message_uid"])
            if "audience_uids" not in self.errors:
                said["audience_uids"] = said.get("audience_uids") or audiences
            if "objective_uid" not in self.errors:
                said["objective_uid"] = said.get("objective_uid") or objective
        if self._is_new_choice("theme_uid"):
            category = self.strategy.category_of_theme(said["theme_uid"])
            if category in ContentCategory.values and "category" not in self.errors:
                said["category"] = said.get("category") or category
        return said

    def clean_channels(self) -> list[str]:
        """Refuse a channel that is no longer in use, unless the post has it already."""
        for channel in self.gone:
            self.add_error(
                "channels",
                now(
                    "%(channel)s is no longer in use. Untick it; what you wrote for it is still here."
                )
                % {"channel": isolated(channel)},
            )
        chosen: list[str] = self.cleaned_data.get("channels", [])
        return chosen

    def _is_new_choice(self, name: str) -> bool:
        chosen = self.cleaned_data.get(name)
        return bool(chosen) and chosen != self._initial_text(name)

    @property
    def values(self) -> dict[str, Any]:
        """The answers as ``services.posts`` takes them."""
        said = {name: self.cleaned_data[name] for name in FIELDS}
        for name in ("message_uid", "objective_uid", "theme_uid", "campaign_uid"):
            said[name] = uuid.UUID(said[name]) if said[name] else None
        said["audience_uids"] = tuple(said["audience_uids"])
        ticked = set(self.cleaned_data["channels"])
        return {
            **said,
            "tags": [tag for tag in self.cleaned_data["tags"].split(",") if tag.strip()],
            "versions": {
                channel: {
                    name: self.cleaned_data[f"{channel.uid}-{name}"]
                    or _unsaid_of_version(channel, name)
                    for name in VERSION_FIELDS
                }
                for channel in self.offered
                if str(channel.uid) in ticked
            },
        }


def _formats(channel: Channel, chosen: str) -> list[tuple[str, str]]:
    """Offer what the network can post, and what was chosen before."""
    formats = dict.fromkeys([*NETWORKS[channel.network].formats, PostFormat(chosen)])
    return [(one.value, str(one.label)) for one in formats]


def _unsaid_of_version(channel: Channel, name: str) -> Any:
    if name == "format":
        return first_format(channel)
    return None if name == "own_time" else ""


def initial_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form for a new post begins with, from values as ``services.posts`` takes them."""
    initial = {name: values[name] for name in FIELDS if values.get(name)}
    versions = values.get("versions", {})
    for channel, version in versions.items():
        initial |= {f"{channel.uid}-{name}": value for name, value in version.items()}
    return {
        **initial,
        "channels": [str(channel.uid) for channel in versions],
        "tags": ", ".join(values.get("tags", ())),
    }
