"""The form under a list of posts: which ones, what to do, and what that needs."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from content_calendar.models import Post
from content_calendar.services.bulk import BULK_ACTIONS, POSTS_AT_MOST, BulkAction
from content_calendar.services.posts import MOVED_BY_AT_MOST
from core.enums import ContentCategory
from core.form_fields import DayField, WholeNumberField
from core.forms import PlannerForm
from workspaces.models import Membership, Workspace

#: Where the session keeps what was ticked and typed while the page that refused it is shown again.
REFUSED_BULK = "calendar_bulk_refused"
#: What is typed or chosen for an action.
TYPED = ("days", "day", "owner", "category", "tag")


class BulkForm(PlannerForm):
    """Posts and people are the workspace's own."""

    unmarked = "__all__"

    action = forms.ChoiceField(label=_("What to do"))
    posts = forms.ModelMultipleChoiceField(
        queryset=Post.objects.none(), to_field_name="uid", label=_("Posts")
    )
    days = WholeNumberField(
        label=_("Move by days"),
        help_text=_("−7 is a week earlier."),
        required=False,
        min_value=-MOVED_BY_AT_MOST,
        max_value=MOVED_BY_AT_MOST,
    )
    day = DayField(label=_("Move to the day"), required=False)
    owner = forms.ModelChoiceField(
        queryset=Membership.objects.none(), to_field_name="uid", label=_("Owner"), required=False
    )
    category = forms.ChoiceField(
        label=_("Category"), required=False, choices=[("", "–"), *ContentCategory.choices]
    )
    tag = forms.CharField(label=_("Tag"), required=False, max_length=40)
    next = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        action: Any = self.fields["action"]
        action.choices = [(one.code, one.label) for one in BULK_ACTIONS]
        action.error_messages["required"] = _("Press the button of what to do.")
        posts: Any = self.fields["posts"]
        posts.queryset = (
            Post.objects.for_workspace(workspace).live().select_related("workspace").in_order()
        )
        posts.error_messages["required"] = _("Choose the posts first.")
        owner: Any = self.fields["owner"]
        owner.queryset = Membership.objects.for_workspace(workspace).active().by_name()

    def clean(self) -> dict[str, Any]:
        """Ask for what the action needs."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        action = BULK_ACTIONS.get(said.get("action", ""))
        needed = action.field if action and action.field in self.fields else ""
        if needed and said.get(needed) in (None, "") and needed not in self.errors:
            self.add_error(needed, now("Fill this in."))
        if "posts" in said and len(said["posts"]) > POSTS_AT_MOST:
            raise ValidationError(
                now("Choose %(number)d posts or fewer.") % {"number": POSTS_AT_MOST}
            )
        return said

    def refusals(self) -> Iterator[str]:
        """Yield what is wrong, each with the name of its field: no field stands beside it."""
        for name, sentences in self.errors.items():
            for sentence in sentences:
                if name in TYPED:
                    words = {"field": self.fields[name].label, "sentence": sentence}
                    yield now("%(field)s: %(sentence)s") % words
                else:
                    yield str(sentence)

    @property
    def as_sent(self) -> dict[str, Any]:
        """What was ticked and typed, to be shown again."""
        sent: Any = self.data
        typed = {name: sent.get(name, "") for name in (*TYPED, "next")}
        return {**typed, "posts": sent.getlist("posts")[:POSTS_AT_MOST]}

    @property
    def chosen_action(self) -> BulkAction:
        """The action that was pressed."""
        return BULK_ACTIONS[self.cleaned_data["action"]]

    @property
    def value(self) -> Any:
        """What was typed for it."""
        return self.cleaned_data.get(self.chosen_action.field)
