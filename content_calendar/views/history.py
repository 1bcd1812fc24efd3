"""Who changed a post, and taking back the last change."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from activity.entries import entries_of
from content_calendar.forms.copies import UndoForm
from content_calendar.presentation.history import records_of
from content_calendar.services.history import undo_last_change
from content_calendar.views.base import PostView
from core.exceptions import Refusal
from workspaces.permissions import Permission

PAGE = 50


class PostHistory(PostView):
    """The changes of one post, newest first."""

    template_name = "content_calendar/post_history_page.html"

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show them as sentences, each with what changed."""
        page = self.page_of(records_of(self.post_), size=PAGE)
        return self.page(post=self.post_, page_obj=page, entries=entries_of(page.object_list))


class PostUndo(PostView):
    """Take back the last change."""

    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Undo it unless somebody changed the post since the page was shown."""
        self.refuse_unless_may_edit()
        form = UndoForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Nothing was undone: look at the post again."))
            return redirect(self.post_)
        try:
            undo_last_change(
                self.post_, expected=form.cleaned_data["revision"], by=self.membership.user
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The last change was undone. Undo again to bring it back."))
        return redirect(self.post_)
