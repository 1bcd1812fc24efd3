"""The bases of the pages of the calendar, of the views of many posts, and of the pages of one post."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from content_calendar.domain.periods import Month, Week
from content_calendar.domain.rights import may_edit
from content_calendar.domain.strategy_choices import StrategyChoices, choices_on
from content_calendar.forms.filter import CalendarFilter, SavedFilterForm
from content_calendar.forms.post import PostForm
from content_calendar.models import Post, SavedFilter
from content_calendar.models.post import PostQuerySet
from content_calendar.presentation.cards import LEGEND, CardMaker
from core.site import is_page_below
from policies.services.holding import HoldOn, hold_on
from workspaces.workspace_view import WorkspaceView


class CalendarView(WorkspaceView):
    """A page of the calendar."""

    nav = "calendar"

    @cached_property
    def hold_on(self) -> HoldOn | None:
        """What stops posts of this workspace now."""
        return hold_on(self.workspace)

    def frame(self) -> dict[str, Any]:
        return {**super().frame(), "hold_on": self.hold_on}

    def way_back(self, wanted: str) -> str:
        """Return the page of this calendar that a form came from, else the calendar."""
        home = reverse("calendar:home", args=[self.workspace.slug])
        return wanted if is_page_below(home, wanted) else home


@dataclass(frozen=True)
class ViewLink:
    """One entry of the switch between views; ``is_more`` stands in its menu."""

    code: str
    label: "str | Promise"
    url: str
    is_more: bool = False


class PostsPage(CalendarView):
    """A view of many posts: with the filter, its saved ones, and the switch between views.

    ``begin`` names the day that the view is about: the strategy of that day has the choices.
    """

    view_code: ClassVar[str]
    #: What stands in the address beside the filter.
    stretch: Mapping[str, str] = MappingProxyType({})

    def begin(self, day: date, strategy: StrategyChoices | None = None) -> None:
        """Read the filter of the address; ``strategy`` is that of the day where it is known."""
        self.day = day
        self.strategy = strategy or choices_on(self.workspace, day)
        self.filter = CalendarFilter(
            self.request.GET or None,
            workspace=self.workspace,
            strategy=self.strategy,
        )
        self.cards = CardMaker(self.membership, self.hold_on)

    def narrowed(self) -> PostQuerySet:
        """The posts that the filter lets through."""
        return self.filter.narrow(Post.objects.for_workspace(self.workspace).live())

    def posts(self) -> PostQuerySet:
        """The posts that the filter lets through, with what cards show."""
        return self.narrowed().for_calendar()

    def filters(self) -> list[tuple[Any, str, str]]:
        """What is filtered by: its label, its value in words, and this page without it."""
        return [
            (label, words, self._here_with({**self.filter.chosen, name: ""}))
            for name, label, words in self.filter.words
        ]

    def address(self, name: str, *args: Any, **query: Any) -> str:
        """Return the address of a view, with the filter kept."""
        path = reverse(f"calendar:{name}", args=[self.workspace.slug, *args])
        asked = urlencode({**query, **self.filter.chosen})
        return f"{path}?{asked}" if asked else path

    @property
    def here(self) -> str:
        """The address of this page, for the way back to it."""
        return self._here_with(self.filter.chosen)

    def _here_with(self, chosen: Mapping[str, str]) -> str:
        said = {name: value for name, value in chosen.items() if value}
        asked = urlencode({**self.stretch, **said})
        path: str = self.request.path
        return f"{path}?{asked}" if asked else path

    def views(self) -> list[ViewLink]:
        """The other ways to look at the same days."""
        month = Month.of(self.day, self.workspace.week_start).code
        week = Week.of(self.day, self.workspace.week_start).code
        begins = {"from": self.day.isoformat()}
        more = {"is_more": True}
        return [
            ViewLink("month", _("Month"), self.address("month", month)),
            ViewLink("week", _("Week"), self.address("week", week)),
            ViewLink("agenda", _("Agenda"), self.address("agenda", **begins)),
            ViewLink("board", _("Board"), self.address("board", **begins)),
            ViewLink("list", _("List"), self.address("list"), **more),
            ViewLink("year", _("Year"), self.address("year", self.day.year), **more),
            ViewLink("hearing", _("Who hears what"), self.address("hearing", month), **more),
        ]

    def show(self, **context: Any) -> HttpResponse:
        """Show the page."""
        return self.page(
            view_code=self.view_code,
            views=self.views(),
            filter=self.filter,
            filters=self.filters(),
            query=self.filter.query,
            saved_filters=SavedFilter.objects.for_member(self.membership),
            save_filter=SavedFilterForm(initial={"query": self.filter.query}, auto_id="keep_%s"),
            here=self.here,
            legend=LEGEND,
            day=self.day,
            **context,
        )


class PostView(CalendarView):
    """Turn the address into ``self.post_``, looked up inside the workspace only."""

    post_: Post

    def load_objects(self) -> None:
        """Find the post, once the membership has been checked."""
        self.post_ = get_object_or_404(
            Post.objects.for_workspace(self.workspace).select_related("owner__user"),
            uid=self.kwargs["post"],
        )
        self.post_.workspace = self.workspace

    @property
    def may_edit(self) -> bool:
        """Whether this person may change the post as it stands now."""
        return may_edit(self.membership, self.post_)

    def form(self, data: Any = None) -> PostForm:
        """The form over what is stored now."""
        stored = Post.objects.select_related("updated_by").get(pk=self.post_.pk)
        stored.workspace = self.workspace
        return PostForm(data, workspace=self.workspace, instance=stored)

    def refuse_unless_may_edit(self) -> None:
        """Answer 403 to whoever may not change the post as it stands now."""
        if not self.may_edit:
            raise PermissionDenied
