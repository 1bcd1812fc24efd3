"""Agenda, board and list: posts one after the other, by day, by state, and all of them."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from content_calendar.domain.periods import span_words
from content_calendar.enums import PostState
from content_calendar.forms.bulk import REFUSED_BULK, BulkForm
from content_calendar.models import Post
from content_calendar.models.post import PostQuerySet
from content_calendar.presentation.campaigns import campaigns_between
from content_calendar.presentation.states import STATE_LOOKS
from content_calendar.services.bulk import BULK_ACTIONS
from content_calendar.views.base import PostsPage
from content_calendar.views.posts import parse_day
from core.text import date_words

PAGE = 50
WEEKS = 5  # of a board
IN_A_COLUMN = 15


class StretchPage(PostsPage):
    """Posts from a day on (``?from=``), and what several can be treated with."""

    def begin_from(self, request: HttpRequest, *, back: int = 0) -> date:
        """Read the day; without one it is today, or ``back`` days before."""
        today = self.workspace.today()
        first = parse_day(request.GET.get("from", "")) or today - timedelta(days=back)
        self.begin(first)
        self.stretch = {"from": first.isoformat()}
        return first

    def posts_page(self, posts: PostQuerySet) -> Page[Post]:
        """Return the page that is asked for; the way back leads to it."""
        page = self.page_of(posts, size=PAGE)
        if page.number > 1:
            self.stretch = {**self.stretch, "page": str(page.number)}
        return page

    def together(self) -> dict[str, Any]:
        """The form that treats several posts at once, as it was sent here when it was refused."""
        refused = self.request.session.pop(REFUSED_BULK, {})
        if refused.get("next") != self.here:
            refused = {}
        form = BulkForm(
            workspace=self.workspace,
            initial={**refused, "next": self.here},
            auto_id="bulk_%s",
        )
        owner: Any = form.fields["owner"]
        owner.choices = [("", owner.empty_label), *self.filter.people]
        may = [one for one in BULK_ACTIONS if self.membership.can(one.permission)]
        ticked = refused.get("posts", ())
        return {"bulk": form, "bulk_actions": may, "ticked": ticked, "is_bulk_open": bool(refused)}


class Agenda(StretchPage):
    """Posts by day, from a day on."""

    view_code = "agenda"
    template_name = "content_calendar/agenda.html"

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show a page of them."""
        first = self.begin_from(request)
        posts = self.posts().filter(planned_on__gte=first).in_order()
        page = self.posts_page(posts)
        days = list(self.cards.days(page.object_list))
        shown = (days[0].date, days[-1].date) if days else (first, first)
        return self.show(
            title=_("Agenda from %(day)s") % {"day": date_words(first, with_year=False)},
            page_obj=page,
            days=days,
            first=first,
            campaigns=campaigns_between(self.strategy, *shown),
            pages_query=self.pages_query(first),
            earlier_url=self.address(
                "agenda", **{"from": (first - timedelta(days=28)).isoformat()}
            ),
        )

    def pages_query(self, first: date) -> str:
        """The address of the other pages, without their number."""
        return urlencode({"from": first.isoformat(), **self.filter.chosen})


class Board(StretchPage):
    """Posts of five weeks by state, and the ideas."""

    view_code = "board"
    template_name = "content_calendar/board.html"

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show the first posts of each state."""
        first = self.begin_from(request, back=7)
        last = first + timedelta(days=7 * WEEKS - 1)
        # Asked for one after the other: with OR between them, neither would use its index.
        found = [
            post
            for posts in (self.posts().between(first, last), self.posts().ideas())
            for post in posts.first_of_each("state", IN_A_COLUMN).in_order()
        ]
        columns = []
        for state in PostState:
            of_state = [post for post in found if post.state == state]
            columns.append(
                {
                    "icon": STATE_LOOKS[state].icon,
                    "label": state.label,
                    "cards": self.cards.cards(of_state),
                    "number": of_state[0].of_all if of_state else 0,  # type: ignore[attr-defined]
                    "url": self.address("list", state=state.value),
                }
            )
        step = timedelta(days=7 * WEEKS)
        return self.show(
            title=_("Board"),
            columns=columns,
            has_posts=bool(found),
            span=span_words(first, last),
            before=self.address("board", **{"from": (first - step).isoformat()}),
            after=self.address("board", **{"from": (first + step).isoformat()}),
            today_url=self.address("board"),
            **self.together(),
        )


class PostList(StretchPage):
    """All posts, the latest day first, ideas at the end."""

    view_code = "list"
    template_name = "content_calendar/list.html"

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show a page of them."""
        self.begin(self.workspace.today())
        posts = self.posts().select_related("owner__user").latest_first()
        page = self.posts_page(posts)
        return self.show(
            title=_("All posts"),
            page_obj=page,
            cards=self.cards.cards(page.object_list),
            **self.together(),
        )
