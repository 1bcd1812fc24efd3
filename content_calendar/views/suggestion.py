"""Planning what the balance suggests, with one press."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from content_calendar.forms.suggestion import SuggestionForm
from content_calendar.services.posts import DEFAULT_TIME, add_post, first_format
from content_calendar.views.base import CalendarView
from core.exceptions import Refusal
from core.idempotency import uid_from_submission
from workspaces.permissions import Permission


class PlanSuggestion(CalendarView):
    """Make the suggested post, without text, and open it."""

    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Make it once for one page, however often the button was pressed."""
        form = SuggestionForm(request.POST, workspace=self.workspace)
        if not form.is_valid():
            messages.error(request, _("This suggestion is out of date. Choose from the newest."))
            return redirect(self.way_back(request.POST.get("next", "")))
        said = form.cleaned_data
        values = {
            "category": said["category"],
            "planned_on": said["day"],
            "planned_time": said["at"] or DEFAULT_TIME,
            "message_uid": uuid.UUID(said["message"]) if said["message"] else None,
            "audience_uids": (said["audience"],) if said["audience"] else (),
            "theme_uid": uuid.UUID(said["theme"]) if said["theme"] else None,
            "owner": self.membership,
            "versions": {
                said["channel"]: {"format": said["format"] or first_format(said["channel"])}
            },
        }
        try:
            post = add_post(
                self.workspace,
                values,
                by=self.membership.user,
                uid=uid_from_submission(self.membership.uid, "suggestion", request.POST),
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(self.way_back(said["next"]))
        messages.success(request, _("The post stands in the calendar. Write its text."))
        return redirect(post)
