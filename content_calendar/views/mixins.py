"""The door of every page of one post."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from content_calendar.forms.post import PostForm
from content_calendar.models import Post
from content_calendar.rights import may_edit
from workspaces.workspace_view import WorkspaceView


class CalendarMixin(WorkspaceView):
    """A page of the calendar."""

    nav = "calendar"


class PostMixin(CalendarMixin):
    """Turn the address into ``self.post_``, looked up inside the workspace only."""

    post_: Post

    def load_objects(self) -> None:
        """Find the post, once the membership has been checked."""
        self.post_ = get_object_or_404(
            Post.objects.for_workspace(self.workspace).select_related("owner__user"),
            uid=self.kwargs["post"],
        )
        self.post_.workspace = self.workspace

    @property
    def may_edit(self) -> bool:
        """Whether this person may change the post as it stands now."""
        return may_edit(self.membership, self.post_)

    def form(self, data: Any = None) -> PostForm:
        """The form over what is stored now."""
        stored = Post.objects.select_related("updated_by").get(pk=self.post_.pk)
        stored.workspace = self.workspace
        return PostForm(data, workspace=self.workspace, instance=stored)

    def refuse_unless_may_edit(self) -> None:
        """Answer 403 to whoever may not change the post as it stands now."""
        if not self.may_edit:
            raise PermissionDenied
