"""Month, week and day: posts in the cells of a calendar."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse

from content_calendar.domain.periods import Month, Week, span_words, week_number
from content_calendar.domain.strategy_choices import choices_of
from content_calendar.forms.move import QuickAddForm
from content_calendar.models.post import versions_for_cards
from content_calendar.presentation.balance import answers_on, balance_panel, strategies_around
from content_calendar.presentation.campaigns import campaigns_between
from content_calendar.presentation.cards import Day
from content_calendar.views.base import PostsPage
from core.form_fields import EARLIEST, LATEST
from core.text import date_words

#: Posts of a day that come with the page; the others come when the day is opened.
IN_A_CELL = 4
IN_A_WEEKS_CELL = 12
OF_A_DAY = 200
IDEAS = 20


def day_in_reach(text: str) -> date:
    """Return the day that an address names, or raise Http404 for what is none, or too far away."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if not EARLIEST <= day <= LATEST:
        raise Http404
    return day


@dataclass(frozen=True)
class Earlier:
    """Days that are over, where others follow: an agenda folds them."""

    days: list[Day]

    @property
    def span(self) -> str:
        """From which day to which."""
        return span_words(self.days[0].date, self.days[-1].date)

    @property
    def number(self) -> int:
        """Their posts."""
        return sum(len(day.cards) + day.hidden for day in self.days)


def earlier_of(days: list[Day]) -> Earlier | None:
    """Return the days that are over, or None where all are or none is."""
    over = [day for day in days if day.is_past]
    return Earlier(over) if over and len(over) < len(days) else None


class GridPage(PostsPage):
    """A grid of days. Without script, and on a phone, the same posts stand in an agenda."""

    template_name = "content_calendar/grid.html"
    in_a_cell: ClassVar[int] = IN_A_CELL

    def show_period(self, period: Month | Week) -> HttpResponse:
        """Show it, the ideas beside it."""
        today = self.workspace.today()
        strategies = strategies_around(
            self.workspace, first=period.first, last=period.last, today=today
        )
        day = today if period.holds(today) else period.first
        self.begin(day, choices_of(answers_on(strategies, day)))
        found = self.narrowed().for_cards()
        in_view = found.between(period.shown_first, period.shown_last)
        posts = list(in_view.first_of_each("planned_on", self.in_a_cell).in_order())
        ideas = list(found.ideas()[: IDEAS + 1])
        prefetch_related_objects([*posts, *ideas], versions_for_cards())
        days = list(self.cards.days(posts))
        return self.show(
            title=period.title,
            period=period,
            **balance_panel(
                self.workspace,
                strategies,
                self.filter.channels,
                first=period.first,
                last=period.last,
                today=today,
            ),
            days=days,
            earlier=earlier_of(days),
            number=sum(len(day.cards) + day.hidden for day in days if period.holds(day.date)),
            campaigns=campaigns_between(self.strategy, period.shown_first, period.shown_last),
            ideas=self.cards.cards(ideas[:IDEAS]),
            has_more_ideas=len(ideas) > IDEAS,
            ideas_url=self.address("list", state="idea"),
            before=self.address(self.view_code, period.before.code),
            after=self.address(self.view_code, period.after.code),
            today=today,
            today_url=self.address(self.view_code, type(period).of(today, period.week_start).code),
            quick_add=QuickAddForm(),
        )


class MonthPage(GridPage):
    """A month."""

    view_code = "month"

    def get(self, request: HttpRequest, month: str, **_kwargs: Any) -> HttpResponse:
        """Show it."""
        return self.show_period(Month.of(day_in_reach(f"{month}-01"), self.workspace.week_start))


class Home(GridPage):
    """The calendar: this month, and on a phone its agenda."""

    view_code = "month"

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show it."""
        return self.show_period(Month.of(self.workspace.today(), self.workspace.week_start))


class WeekPage(GridPage):
    """The week that a day is in."""

    view_code = "week"
    in_a_cell = IN_A_WEEKS_CELL

    def get(self, request: HttpRequest, day: str, **_kwargs: Any) -> HttpResponse:
        """Show it."""
        return self.show_period(Week.of(day_in_reach(day), self.workspace.week_start))


class DayPage(PostsPage):
    """All posts of one day; for the grid, which opens a full day in its cell, the cards alone."""

    view_code = "day"
    template_name = "content_calendar/day.html"

    def get(self, request: HttpRequest, day: str, **_kwargs: Any) -> HttpResponse:
        """Show them."""
        self.begin(day_in_reach(day))
        posts = self.posts().between(self.day, self.day).in_order()[:OF_A_DAY]
        cards = self.cards.cards(posts)
        if "HX-Request" in request.headers:
            return self.page("content_calendar/day_cards.html", cards=cards)
        return self.show(
            cards=cards,
            title=date_words(self.day, with_year=True),
            week=week_number(self.day),
        )
