"""What a page of a post asks for while somebody types. Nothing is written."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from content_calendar.forms.post import PostForm
from content_calendar.presentation.post_checks import checks_of
from content_calendar.views.mixins import CalendarMixin, PostMixin
from workspaces.permissions import Permission


class NewPostCheck(CalendarMixin, View):
    """Lengths, limits and previews of a post that is not added yet."""

    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Answer with the panel, and with the lengths beside the text."""
        form = PostForm(request.POST, workspace=self.workspace)
        context = {**self.frame(), **checks_of(*form.typed), "oob": True}
        return render(request, "content_calendar/post_checks.html", context)


class NewPostFields(CalendarMixin, View):
    """The fields of channels that were just ticked."""

    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Answer with those that the page does not have."""
        form = PostForm(request.POST, workspace=self.workspace)
        context = {**self.frame(), "folds": form.missing_folds}
        return render(request, "content_calendar/post_versions.html", context)


class PostCheck(PostMixin, View):
    """Lengths, limits and previews of a post as it is typed."""

    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Answer with the panel, and with the lengths beside the text."""
        form = self.form(request.POST)
        context = {**self.frame(), **checks_of(*form.typed), "oob": True}
        return render(request, "content_calendar/post_checks.html", context)


class PostFields(PostMixin, View):
    """The fields of channels that were just ticked."""

    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Answer with those that the page does not have."""
        form = self.form(request.POST)
        context = {**self.frame(), "folds": form.missing_folds}
        return render(request, "content_calendar/post_versions.html", context)
