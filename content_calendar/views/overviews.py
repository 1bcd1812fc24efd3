"""A year at a glance, and who hears what in a month."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from content_calendar.domain.periods import Month
from content_calendar.presentation.campaigns import campaigns_between
from content_calendar.presentation.hearing import hearing_of
from content_calendar.presentation.year import months_of
from content_calendar.views.base import PostsPage
from content_calendar.views.grid import day_in_reach


class YearPage(PostsPage):
    """Posts a week, for the twelve months of a year."""

    view_code = "year"
    template_name = "content_calendar/year.html"

    def get(self, request: HttpRequest, year: int, **_kwargs: Any) -> HttpResponse:
        """Show it."""
        first = day_in_reach(f"{year:04}-01-01")
        last = date(year, 12, 31)
        today = self.workspace.today()
        self.begin(today if today.year == year else first)
        counted = self.narrowed().counted().between(first, last + timedelta(days=6)).order_by()
        counts = counted.values_list("planned_on").annotate(number=Count("pk"))
        campaigns = campaigns_between(self.strategy, first, last)
        months = months_of(
            year,
            list(counts),
            campaigns,
            week_start=self.workspace.week_start,
            today=today,
        )
        return self.show(
            title=str(year),
            year=year,
            months=months,
            campaigns=campaigns,
            number=sum(month.posts for month in months),
            before=self.address("year", year - 1),
            after=self.address("year", year + 1),
            today_url=self.address("year", today.year),
        )


class HearingPage(PostsPage):
    """Audience by message, for a month."""

    view_code = "hearing"
    template_name = "content_calendar/hearing.html"

    def get(self, request: HttpRequest, month: str, **_kwargs: Any) -> HttpResponse:
        """Show it."""
        period = Month.of(day_in_reach(f"{month}-01"), self.workspace.week_start)
        today = self.workspace.today()
        self.begin(today if period.holds(today) else period.first)
        posts = self.narrowed().counted().between(period.first, period.last)
        return self.show(
            title=_("Who hears what, %(month)s") % {"month": period.title},
            period=period,
            hearing=hearing_of(self.strategy, list(posts.only("message_uid", "audience_uids"))),
            list_url=self.address("list"),
            before=self.address("hearing", period.before.code),
            after=self.address("hearing", period.after.code),
            today_url=self.address("hearing", Month.of(today, period.week_start).code),
        )
