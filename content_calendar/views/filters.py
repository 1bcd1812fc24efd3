"""Keeping and removing filters."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from content_calendar.domain.strategy_choices import choices_on
from content_calendar.forms.filter import CalendarFilter, SavedFilterForm
from content_calendar.models import SavedFilter
from content_calendar.services.filters import may_remove, remove_filter, save_filter
from content_calendar.views.base import CalendarView
from core.exceptions import Refusal
from core.text import isolated


class FilterSave(CalendarView):
    """Keep the filter of a page under a name."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Keep what can be read of it."""
        form = SavedFilterForm(request.POST)
        back = redirect(self.way_back(request.POST.get("next", "")))
        if not form.is_valid():
            messages.error(request, _("Write a name of at most 60 characters for the filter."))
            return back
        said = form.cleaned_data
        asked = CalendarFilter(
            QueryDict(said["query"]),
            workspace=self.workspace,
            strategy=choices_on(self.workspace, self.workspace.today()),
        )
        try:
            saved = save_filter(
                said["name"], asked.query, is_for_all=said["is_for_all"], by=self.membership
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return back
        messages.success(request, _("The filter %(name)s is kept.") % {"name": isolated(saved)})
        return back


class FilterRemove(CalendarView):
    """Remove a filter that was kept."""

    saved: SavedFilter

    def load_objects(self) -> None:
        """Find the filter among those that this person sees; not all of them may be removed."""
        found = SavedFilter.objects.for_member(self.membership)
        self.saved = get_object_or_404(found, uid=self.kwargs["saved_filter"])
        if not may_remove(self.saved, self.membership):
            raise PermissionDenied

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Remove it."""
        remove_filter(self.saved)
        messages.success(
            request, _("The filter %(name)s was removed.") % {"name": isolated(self.saved)}
        )
        return redirect(self.way_back(request.POST.get("next", "")))
