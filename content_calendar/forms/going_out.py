"""Forms of posts that go out."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content_calendar.enums import BY_HAND
from content_calendar.models import Post
from core.form_fields import WebAddressField
from core.forms import PlannerForm
from core.text import date_words, isolated
from workspaces.models import Workspace

#: Tools that many teams schedule posts in; the names are the makers' own.
TOOLS = (
    "Hootsuite",
    "Buffer",
    "Sprout Social",
    "Meta Business Suite",
    "Later",
    "Agorapulse",
    "Metricool",
)
OTHER = "other"
POSTS_AT_MOST = 100  # on one page


class AddressForm(PlannerForm):
    """Where the published post stands."""

    unmarked = "__all__"

    address = WebAddressField(
        label=_("Address of the published post"), max_length=500, required=False
    )
    all_the_same = forms.BooleanField(required=False, widget=forms.HiddenInput)


class HandOverForm(PlannerForm):
    """Which tool the post lies in."""

    unmarked = "__all__"

    tool = forms.ChoiceField(
        label=_("Tool"),
        choices=[("", _("Choose")), *((tool, tool) for tool in TOOLS), (OTHER, _("Another tool"))],
    )
    other_tool = forms.CharField(
        label=_("Which other tool?"),
        max_length=60,
        required=False,
        help_text=_("Only for another tool."),
    )

    def clean(self) -> dict[str, Any]:
        """Take the name of another tool."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("tool") == OTHER and not said.get("other_tool"):
            self.add_error("other_tool", _("Write the name of the tool."))
        return said

    @property
    def tool_name(self) -> str:
        """The tool's name, as the post keeps it."""
        tool: str = self.cleaned_data["tool"]
        return self.cleaned_data["other_tool"] if tool == OTHER else tool


class PostsField(forms.ModelMultipleChoiceField[Post]):
    """Several posts, each with its day."""

    def label_from_instance(self, obj: Post) -> str:
        if obj.planned_on is None:
            return str(obj)
        day = date_words(obj.planned_on, with_year=False)
        return f"{day}, {obj.planned_time:%H:%M} · {isolated(obj)}"


class HandOverManyForm(HandOverForm):
    """The same for many posts: those that were chosen elsewhere, else what goes out next."""

    posts = PostsField(
        label=_("Posts"),
        queryset=Post.objects.none(),
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("posts", "tool", "other_tool")

    def __init__(
        self, *args: Any, workspace: Workspace, chosen: list[str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"posts": _uids(chosen or [])}, **kwargs)
        here = Post.objects.for_workspace(workspace).live().select_related("workspace")
        upcoming = here.filter(state__in=BY_HAND, planned_at__gte=timezone.now()).in_order()
        offered = Q(pk__in=list(upcoming.values_list("pk", flat=True)[:POSTS_AT_MOST]))
        if uids := _uids(chosen or _sent(self, "posts")):
            offered = Q(uid__in=uids[:POSTS_AT_MOST])
        field: Any = self.fields["posts"]
        field.queryset = here.filter(offered).in_order()


def _sent(form: forms.Form, name: str) -> list[str]:
    data: Any = form.data
    return list(data.getlist(name)) if hasattr(data, "getlist") else []


def _uids(texts: list[str]) -> list[str]:
    """Return what can be a uid."""
    field = forms.UUIDField(required=False)
    found = []
    for text in texts:
        try:
            uid = field.clean(text)
        except forms.ValidationError:
            continue
        if uid:
            found.append(str(uid))
    return found


class OutcomeForm(PlannerForm):
    """Which posts were asked about, and which of them did not go out."""

    unmarked = "__all__"

    asked = forms.ModelMultipleChoiceField(
        queryset=Post.objects.none(),
        to_field_name="uid",
        required=False,
        widget=forms.MultipleHiddenInput,
    )
    not_out = PostsField(
        label=_("Tick those that did not go out"),
        queryset=Post.objects.none(),
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, workspace: Workspace, posts: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, initial={"asked": [post.uid for post in posts]}, **kwargs)
        asked: Any = self.fields["asked"]
        asked.queryset = Post.objects.for_workspace(workspace).live()
        not_out: Any = self.fields["not_out"]
        not_out.queryset = asked.queryset.filter(
            Q(pk__in=[post.pk for post in posts]) | Q(uid__in=_uids(_sent(self, "not_out")))
        ).in_order()
