"""What a page of a post asks for while somebody types. Nothing is written."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from content_calendar.forms.post import PostForm
from content_calendar.presentation.post_checks import checks_of
from content_calendar.views.base import CalendarView, PostView
from workspaces.permissions import Permission


class NewPostCheck(CalendarView):
    """Lengths, limits and previews of a post that is not added yet."""

    template_name = "content_calendar/post_checks.html"
    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Answer with the panel, and with the lengths beside the text."""
        form = PostForm(request.POST, workspace=self.workspace)
        return self.page(oob=True, **checks_of(*form.typed, author=self.membership))


class NewPostFields(CalendarView):
    """The fields of channels that were just ticked."""

    template_name = "content_calendar/post_versions.html"
    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Answer with those that the page does not have."""
        form = PostForm(request.POST, workspace=self.workspace)
        return self.page(folds=form.missing_folds)


class PostCheck(PostView):
    """Lengths, limits and previews of a post as it is typed."""

    template_name = "content_calendar/post_checks.html"
    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Answer with the panel, and with the lengths beside the text."""
        form = self.form(request.POST)
        return self.page(oob=True, **checks_of(*form.typed))


class PostFields(PostView):
    """The fields of channels that were just ticked."""

    template_name = "content_calendar/post_versions.html"
    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Answer with those that the page does not have."""
        form = self.form(request.POST)
        return self.page(folds=form.missing_folds)
