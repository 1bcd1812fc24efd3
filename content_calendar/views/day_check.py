"""The check of the day: everything that goes out today, ticked off by a person."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content_calendar.presentation.day_check import day_list_of
from content_calendar.services.day_check import tick_day, untick_day
from content_calendar.views.base import CalendarView, PostView
from core.exceptions import Refusal
from core.text import isolated
from workspaces.permissions import Permission


class DayCheckPage(CalendarView):
    """Has anything happened that makes a post of today wrong? Everybody may look, and who plans ticks."""

    template_name = "content_calendar/day_check.html"

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return self.page(
            day=self.workspace.today(), list=day_list_of(self.workspace, hold=self.hold_on)
        )

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Tick the posts that are named."""
        if not self.membership.can(Permission.EDIT_CALENDAR):
            raise PermissionDenied
        ticked = tick_day(self.workspace, self.named(), by=self.membership.user)
        if ticked:
            number = len(ticked)
            words = ngettext(
                "%(number)d post is ticked off for today.",
                "%(number)d posts are ticked off for today.",
                number,
            )
            messages.success(request, words % {"number": number})
        else:
            messages.info(
                request, _("Nothing was left to tick off: somebody did, or it was moved.")
            )
        return redirect("calendar:day_check", self.workspace.slug)

    def named(self) -> list[uuid.UUID]:
        """The uids that were sent; what is none names nothing."""
        uids = []
        for text in self.request.POST.getlist("posts"):
            try:
                uids.append(uuid.UUID(text))
            except ValueError:
                continue
        return uids


class DayUntick(PostView):
    """Take a tick of today back."""

    permission = Permission.EDIT_CALENDAR

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        try:
            untick_day(self.post_, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, _("“%(post)s” is to be looked at again.") % {"post": isolated(self.post_)}
            )
        return redirect("calendar:day_check", self.workspace.slug)
