"""Duplicates of posts, and templates."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from content_calendar.forms.copies import TemplateForm
from content_calendar.models import PostTemplate
from content_calendar.services.copies import (
    duplicate_post,
    remove_template,
    restore_template,
    save_as_template,
)
from content_calendar.views.base import CalendarView, PostView
from core.exceptions import Refusal
from core.idempotency import uid_from_submission
from core.messages import success_with_undo
from core.text import isolated
from workspaces.permissions import Permission


class PostDuplicate(PostView):
    """Copy a post."""

    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Copy it once for one page, and show the copy."""
        uid = uid_from_submission(self.membership.uid, f"copy {self.post_.uid}", request.POST)
        try:
            copy = duplicate_post(self.post_, by=self.membership.user, uid=uid)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(self.post_)
        messages.success(request, _("This is the copy: an idea, until you give it a day."))
        return redirect(copy)


class TemplateAdd(PostView):
    """Save a post as a template."""

    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Save it once for one page."""
        form = TemplateForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Give the template a name of 80 characters at most."))
            return redirect(self.post_)
        try:
            template = save_as_template(
                self.post_,
                form.cleaned_data["name"],
                by=self.membership.user,
                uid=uid_from_submission(self.membership.uid, "template", request.POST),
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(self.post_)
        words = {"template": isolated(template)}
        messages.success(
            request, _("The template %(template)s is offered when a post is added.") % words
        )
        return redirect(self.post_)


class PostTemplateView(CalendarView):
    """Turn the address into ``self.template``, looked up inside the workspace only."""

    permission = Permission.EDIT_CALENDAR
    template: PostTemplate

    def load_objects(self) -> None:
        """Find the template, once the membership has been checked."""
        self.template = get_object_or_404(
            PostTemplate.objects.for_workspace(self.workspace),
            uid=self.kwargs["template"],
        )

    def back(self) -> HttpResponse:
        """Return to where the templates are offered."""
        return redirect("calendar:add", self.workspace.slug)


class TemplateRemove(PostTemplateView):
    """Take a template off the list."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Remove it and offer to take that back."""
        remove_template(self.template, by=self.membership.user)
        undo = reverse("calendar:template_restore", args=[self.workspace.slug, self.template.uid])
        words = {"template": isolated(self.template)}
        success_with_undo(request, _("The template %(template)s was removed.") % words, undo)
        return self.back()


class TemplateRestore(PostTemplateView):
    """Bring a template back."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Put it on the list again."""
        restore_template(self.template, by=self.membership.user)
        words = {"template": isolated(self.template)}
        messages.success(request, _("The template %(template)s is back.") % words)
        return self.back()
