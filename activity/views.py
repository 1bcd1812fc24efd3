"""Who did what."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.views.generic import ListView

from activity.entries import entries_of
from activity.forms import PersonFilter
from activity.models import Record
from workspaces.mixins import WorkspaceMixin
from workspaces.permissions import Permission

PAGE = 50


class ActivityList(WorkspaceMixin, ListView[Record]):
    """The log of the workspace, newest first; ``?person=`` shows one person's part."""

    template_name = "activity/record_list.html"
    paginate_by = PAGE
    permission = Permission.SEE_ACTIVITY
    nav = "people"

    def get_queryset(self) -> QuerySet[Record]:
        """The workspace's records only."""
        self.filter = PersonFilter(self.request.GET or None, workspace=self.workspace)
        records = Record.objects.for_workspace(self.workspace).for_page()
        self.person = self.filter.is_valid() and self.filter.cleaned_data["person"]
        return records.filter(by=self.person.user_id) if self.person else records

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """As entries: sentences, each with what changed."""
        context = super().get_context_data(filter=self.filter, person=self.person, **kwargs)
        context["entries"] = entries_of(context["object_list"])
        if self.person:
            context["query"] = urlencode({"person": str(self.person.uid)})
        return context
