"""What a new time zone of the workspace means for its posts."""

from django.urls import reverse

from content_calendar.models import ZoneQuestion
from content_calendar.services.zones import follow_zone
from workspaces.models import Workspace
from workspaces.zone_changes import ZoneChange, register


def _question_url(workspace: Workspace) -> str:
    if not ZoneQuestion.objects.for_workspace(workspace).unanswered().exists():
        return ""
    return reverse("calendar:zone", args=[workspace.slug])


register(ZoneChange("content_calendar.posts", follow=follow_zone, question_url=_question_url))
