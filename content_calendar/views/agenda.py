"""The agenda: posts one after the other, by day."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from content_calendar.models import Post
from content_calendar.views.mixins import CalendarMixin
from content_calendar.views.posts import parse_day

DAYS = 28


class Agenda(CalendarMixin, View):
    """Four weeks from a day on (``?from=``), and the ideas beside them."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show it."""
        first = parse_day(request.GET.get("from", "")) or self.workspace.today()
        last = first + timedelta(days=DAYS - 1)
        live = Post.objects.for_workspace(self.workspace).live().for_calendar()
        context = {
            **self.frame(),
            "posts": live.between(first, last).in_order(),
            "ideas": live.ideas()[:50],
            "first": first,
            "last": last,
        }
        return render(request, "content_calendar/agenda.html", context)
