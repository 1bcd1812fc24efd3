"""Comments on a post."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from content_calendar.forms.comment import CommentForm
from content_calendar.models import PostComment
from content_calendar.services.comments import add_comment, remove_comment, restore_comment
from content_calendar.views.base import CalendarView
from content_calendar.views.post_parts import comments_on
from content_calendar.views.posts import PostPage
from core.idempotency import uid_from_submission
from core.messages import success_with_undo
from workspaces.permissions import Permission


class CommentAdd(PostPage):
    """Comment on a post."""

    permission = Permission.DRAFT_POSTS
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Add it, once for one page however often the button was pressed."""
        form = CommentForm(request.POST, workspace=self.workspace)
        if not form.is_valid():
            shown = self.form() if self.may_edit else None
            return self.show(shown, **comments_on(self.post_, form))
        comment = add_comment(
            self.post_,
            form.cleaned_data["text"],
            mentions=form.cleaned_data["mentions"],
            by=self.membership.user,
            uid=uid_from_submission(self.membership.uid, f"comment {self.post_.uid}", request.POST),
        )
        messages.success(request, _("Your comment was added."))
        return redirect(f"{self.post_.get_absolute_url()}#comment-{comment.uid}")


class OwnCommentView(CalendarView):
    """Turn the address into ``self.comment``: one's own only, inside the workspace."""

    permission = Permission.DRAFT_POSTS
    comment: PostComment

    def load_objects(self) -> None:
        """Find the comment, once the membership has been checked."""
        own = PostComment.objects.for_workspace(self.workspace).filter(author=self.membership.user)
        self.comment = get_object_or_404(
            own.select_related("post__workspace"), uid=self.kwargs["comment"]
        )

    def back(self) -> HttpResponse:
        """Return to the thread."""
        return redirect(f"{self.comment.post.get_absolute_url()}#comments")


class CommentRemove(OwnCommentView):
    """Remove one's own comment."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Remove it and offer to take that back."""
        remove_comment(self.comment, by=self.membership.user)
        undo = reverse("calendar:comment_restore", args=[self.workspace.slug, self.comment.uid])
        success_with_undo(request, _("Your comment was removed."), undo)
        return self.back()


class CommentRestore(OwnCommentView):
    """Bring one's own comment back."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Restore it where it was."""
        restore_comment(self.comment, by=self.membership.user)
        messages.success(request, _("Your comment is back."))
        return self.back()
