"""Who changed a post, and taking back the last change."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import ListView, View

from activity.entries import entries_of
from activity.models import Record
from content_calendar.forms.copies import UndoForm
from content_calendar.presentation.post_page import records_of
from content_calendar.services.history import undo_last_change
from content_calendar.views.mixins import PostMixin
from core.exceptions import Refusal
from workspaces.permissions import Permission


class PostHistory(PostMixin, ListView[Record]):
    """The changes of one post, newest first."""

    template_name = "content_calendar/post_history_page.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Record]:
        """Those of this post only."""
        return records_of(self.post_)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """As entries: sentences, each with what changed."""
        context = super().get_context_data(post=self.post_, **kwargs)
        return {**context, "entries": entries_of(context["object_list"])}


class PostUndo(PostMixin, View):
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
