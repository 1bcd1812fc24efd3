"""The filter of the calendar: the same form, and the same names in the address, for every view."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content_calendar.domain.strategy_choices import StrategyChoices
from content_calendar.enums import DerivedState, PostState
from content_calendar.models import PostVersion, Tag
from content_calendar.models.post import PostQuerySet
from core.enums import ContentCategory
from core.forms import PlannerForm
from networks.models import Channel
from workspaces.models import Membership, Workspace

NONE = "none"


class CalendarFilter(PlannerForm):
    """Which posts are shown. What cannot be read, or is not of this workspace, filters nothing."""

    unmarked = "__all__"

    channel = forms.ChoiceField(label=_("Channel"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    message = forms.ChoiceField(label=_("Key message"), required=False)
    audience = forms.ChoiceField(label=_("Audience"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    campaign = forms.ChoiceField(label=_("Campaign or activity"), required=False)
    tag = forms.CharField(label=_("Tag"), required=False, max_length=40)
    text = forms.CharField(label=_("Words in it"), required=False, max_length=100)

    def __init__(self, *args: Any, workspace: Workspace, strategy: StrategyChoices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        #: All of the workspace's, those that were removed too.
        self.channels = list(Channel.objects.for_workspace(workspace).in_order())
        live = [(str(one.uid), str(one)) for one in self.channels if one.removed_at is None]
        self._offer("channel", _("All channels"), live)
        self._offer("state", _("All states"), [*PostState.choices, *DerivedState.choices])
        none = (NONE, _("Without a category"))
        self._offer("category", _("All categories"), [*ContentCategory.choices, none])
        members = Membership.objects.for_workspace(workspace).active().by_name()
        self.people = [(str(member.uid), str(member)) for member in members]
        self._offer("owner", _("Everybody"), [*self.people, (NONE, _("Nobody yet"))])
        nothing = (NONE, _("None chosen"))
        self._offer("message", _("All messages"), [*strategy.messages, nothing])
        self._offer("audience", _("All audiences"), [*strategy.audiences, nothing])
        self._offer("theme", _("All themes"), [*strategy.themes, nothing])
        self._offer("campaign", _("All campaigns"), [*strategy.campaigns, nothing])

    def _offer(self, name: str, everything: Any, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", everything), *choices]

    @property
    def chosen(self) -> dict[str, str]:
        """What is filtered by: the names of the address with their values."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def words(self) -> list[tuple[str, Any, str]]:
        """What is filtered by: name in the address, label, and value in words."""
        return [
            (name, self.fields[name].label, self._words_of(name, value))
            for name, value in self.chosen.items()
        ]

    def _words_of(self, name: str, value: str) -> str:
        choices: Any = getattr(self.fields[name], "choices", ())
        return str(dict(choices).get(value, value))

    @property
    def query(self) -> str:
        """The filter as it stands in an address, without a question mark."""
        return urlencode(self.chosen)

    def narrow(self, posts: PostQuerySet) -> PostQuerySet:
        """Return those of ``posts`` that are asked for."""
        chosen = self.chosen
        if uid := chosen.get("channel"):
            versions = PostVersion.objects.filter(post=OuterRef("pk"), channel__uid=uid)
            posts = posts.filter(Exists(versions))
        if state := chosen.get("state"):
            posts = self._in_state(posts, state)
        if category := chosen.get("category"):
            posts = posts.filter(category="" if category == NONE else category)
        if owner := chosen.get("owner"):
            posts = posts.filter(owner=None) if owner == NONE else posts.filter(owner__uid=owner)
        for name in ("message", "theme", "campaign"):
            if uid := chosen.get(name):
                posts = posts.filter(**{f"{name}_uid": None if uid == NONE else uid})
        if audience := chosen.get("audience"):
            is_it = Q(audience_uids="") if audience == NONE else Q(audience_uids__contains=audience)
            posts = posts.filter(is_it)
        if tag := chosen.get("tag"):
            tags = Tag.objects.filter(workspace=self.workspace, name__iexact=tag)
            posts = posts.filter(Exists(tags.filter(posts=OuterRef("pk"))))
        if text := chosen.get("text"):
            own = PostVersion.objects.filter(post=OuterRef("pk"), own_text__icontains=text)
            posts = posts.filter(Q(title__icontains=text) | Q(text__icontains=text) | Exists(own))
        return posts

    def _in_state(self, posts: PostQuerySet, state: str) -> PostQuerySet:
        now = timezone.now()
        match state:
            case DerivedState.ON_HOLD:
                return posts.on_hold()
            case DerivedState.MISSED:
                return posts.missed(now)
            case DerivedState.PARTLY_PUBLISHED:
                return posts.partly_published()
            case DerivedState.SHOULD_BE_OUT:
                return posts.should_be_out(now)
            case DerivedState.DUE:
                return posts.due(now)
            case DerivedState.APPROVAL_LATE:
                return posts.approval_late(now, self.workspace.lead_time_hours)
        return posts.filter(state=state)


class SavedFilterForm(PlannerForm):
    """Keep the filter that is in force under a name."""

    name = forms.CharField(label=_("Name of this filter"), max_length=60)
    is_for_all = forms.BooleanField(label=_("For everybody here"), required=False)
    query = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)
