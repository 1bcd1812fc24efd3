"""The form of a post with its versions."""

import uuid
from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from content_calendar.models import Post, PostVersion
from content_calendar.services.posts import FIELDS, VERSION_FIELDS
from content_calendar.strategy_choices import StrategyChoices, choices_on
from core.form_fields import ClockField, DayField, WholeNumberField
from core.forms import PlannerModelForm
from core.merging import MergingMixin
from networks.enums import ChannelState, PostFormat
from networks.models import Channel
from workspaces.models import Membership, Workspace


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
        here = Membership.objects.for_workspace(workspace)
        owner: Any = self.fields["owner"]
        owner.queryset = (
            (here.active() | here.filter(pk=self.instance.owner_id)).distinct().by_name()
        )
        owner.empty_label = _("Nobody yet")
        self.fields["tags"].initial = (
            ", ".join(tag.name for tag in self.instance.tags.all()) if stored else ""
        )
        for channel in self.chosen_channels(versions):
            self._add_version(channel, versions.get(channel))
        for field in self.fields.values():
            field.label = str(field.label or "")[:1].upper() + str(field.label or "")[1:]
        self.fields["revision"].initial = self.instance.revision
        self.fields["token"].initial = uuid.uuid4()
        self.dress()
        self.start_merging(is_stored=stored)

    # --- what can be chosen -----------------------------------------------------------------

    def _versions(self) -> dict[Channel, PostVersion]:
        found = self.instance.versions.select_related("channel")
        return {version.channel: version for version in found}

    def _offer_channels(self, versions: dict[Channel, PostVersion]) -> None:
        """Offer the channels in use, and those that the post has already."""
        live = Channel.objects.for_workspace(self.workspace).live().in_order()
        in_use = [one for one in live if one.state != ChannelState.CLOSED]
        self.offered = list(dict.fromkeys([*in_use, *versions]))
        choose: Any = self.fields["channels"]
        choose.choices = [(str(channel.uid), str(channel)) for channel in self.offered]
        choose.initial = [str(channel.uid) for channel in versions] or self.initial.get("channels")

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
            self._offer(name, choices, getattr(self.instance, name), with_none=True)
        self._offer("audience_uids", self.strategy.audiences, *self.instance.audience_uids)

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

    def chosen_channels(self, versions: dict[Channel, PostVersion]) -> Iterator[Channel]:
        """The channels whose fields the form has: those stored, and those ticked."""
        ticked = set(self.data.getlist(self.add_prefix("channels"))) if self.is_bound else set()
        if not self.is_bound and not versions:
            ticked = set(self.initial.get("channels", ()))
        for channel in self.offered:
            if channel in versions or str(channel.uid) in ticked:
                yield channel

    def _add_version(self, channel: Channel, version: PostVersion | None) -> None:
        version = version or PostVersion()
        text = PostVersion._meta.get_field("own_text").formfield(initial=version.own_text)
        self.fields[f"{channel.uid}-own_text"] = text  # type: ignore[assignment]
        self.fields[f"{channel.uid}-format"] = forms.ChoiceField(
            label=_("format"),
            choices=PostFormat.choices,
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

    @property
    def version_fields(self) -> Iterator[tuple[Channel, list[forms.BoundField]]]:
        """Each channel with the fields of its version, for the template."""
        for channel in self.offered:
            if f"{channel.uid}-own_text" in self.fields:
                yield channel, [self[f"{channel.uid}-{name}"] for name in VERSION_FIELDS]

    # --- what was said ----------------------------------------------------------------------

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
                    or (PostFormat.TEXT if name == "format" else None if name == "own_time" else "")
                    for name in VERSION_FIELDS
                }
                for channel in self.offered
                if str(channel.uid) in ticked
            },
        }
