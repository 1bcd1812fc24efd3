"""Who did what."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from activity.entries import entries_of
from activity.forms import PersonFilter
from activity.models import Record
from workspaces.permissions import Permission
from workspaces.workspace_view import WorkspaceView

PAGE = 50


class ActivityList(WorkspaceView):
    """The log of the workspace, newest first; ``?person=`` shows one person's part."""

    template_name = "activity/record_list.html"
    permission = Permission.SEE_ACTIVITY
    nav = "people"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the records as sentences, each with what changed."""
        form = PersonFilter(request.GET or None, workspace=self.workspace)
        person = form.cleaned_data["person"] if form.is_valid() else None
        records = Record.objects.for_workspace(self.workspace).for_page()
        if person:
            records = records.filter(by=person.user_id)
        page = self.page_of(records, size=PAGE)
        return self.page(
            filter=form,
            person=person,
            page_obj=page,
            entries=entries_of(page.object_list),
            query=urlencode({"person": str(person.uid)}) if person else "",
        )
