"""What people say to each other about a post."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content_calendar.models.post import Post
from workspaces.models import Workspace


class CommentQuerySet(models.QuerySet["PostComment"]):
    """Comments on posts."""

    def for_workspace(self, workspace: Workspace) -> Self:
        """Those on its own posts."""
        return self.filter(post__workspace=workspace)

    def live(self) -> Self:
        """Leave out what was removed."""
        return self.filter(removed_at__isnull=True)

    def for_thread(self) -> Self:
        """Oldest first, with the author loaded."""
        return self.select_related("author").order_by("created_at", "pk")


class PostComment(models.Model):
    """One comment; its author can remove it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("comment"), max_length=4000)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[CommentQuerySet] = CommentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("comment")

    def __str__(self) -> str:
        return self.text
