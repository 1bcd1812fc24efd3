"""The question after a change of the workspace's time zone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content_calendar.forms.zone import MOMENT, ZoneForm
from content_calendar.models import Post, ZoneQuestion
from content_calendar.services.zones import keep_clock_times, keep_moments
from content_calendar.views.base import CalendarView
from core.exceptions import Refusal
from workspaces.permissions import Permission

EXAMPLES = 5


class ZoneAnswer(CalendarView):
    """Do planned posts keep their time on the clock, or their moment?"""

    template_name = "content_calendar/zone.html"
    permission = Permission.EDIT_CALENDAR

    def question(self) -> ZoneQuestion | None:
        """The one that waits."""
        question = ZoneQuestion.objects.for_workspace(self.workspace).unanswered().first()
        if question is not None:
            question.workspace = self.workspace
        return question

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Ask, with the next posts as examples."""
        return self.show(ZoneForm())

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Keep the one or the other."""
        form, question = ZoneForm(request.POST), self.question()
        if not form.is_valid() or question is None:
            return self.show(form, status=422 if question else 409)
        try:
            if form.cleaned_data["keep"] == MOMENT:
                number = keep_moments(question, by=self.membership.user)
                sentence = ngettext(
                    "%(number)d post goes out at the moment that was planned.",
                    "%(number)d posts go out at the moments that were planned.",
                    number,
                ) % {"number": number}
            else:
                keep_clock_times(question, by=self.membership.user)
                sentence = _("Planned posts keep their time on the clock.")
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, sentence)
        return redirect("calendar:home", self.workspace.slug)

    def show(self, form: ZoneForm, *, status: int = 200) -> HttpResponse:
        """The page."""
        question = self.question()
        number, examples = 0, []
        if question is not None:
            posts = Post.objects.for_workspace(self.workspace).live().not_out()
            asked = posts.filter(pk__in=list(question.moments))
            number = asked.count()
            examples = [(post, question.moment_of(post)) for post in asked.in_order()[:EXAMPLES]]
        return self.page(
            form=form, question=question, number=number, examples=examples, status=status
        )
