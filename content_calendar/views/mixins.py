"""The door of every page of one post."""

from django.shortcuts import get_object_or_404

from content_calendar.models import Post
from content_calendar.rights import may_edit
from workspaces.mixins import WorkspaceMixin


class CalendarMixin(WorkspaceMixin):
    """A page of the calendar."""

    nav = "calendar"


class PostMixin(CalendarMixin):
    """Turn the address into ``self.post_``, looked up inside the workspace only."""

    post_: Post

    def load_objects(self) -> None:
        """Find the post, once the membership has been checked."""
        self.post_ = get_object_or_404(
            Post.objects.for_workspace(self.workspace),
            uid=self.kwargs["post"],
        )
        self.post_.workspace = self.workspace

    @property
    def may_edit(self) -> bool:
        """Whether this person may change the post as it stands now."""
        return may_edit(self.membership, self.post_)
