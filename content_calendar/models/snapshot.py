"""A post as it was before each change, so that the last one can be undone."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content_calendar.models.post import Post


class PostSnapshot(models.Model):
    """The values of a post at one revision, as ``services.posts`` reads and writes them."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="snapshots")
    revision = models.PositiveIntegerField()
    values: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("earlier state of a post")
        ordering = ["-revision"]
        constraints = [
            models.UniqueConstraint(fields=["post", "revision"], name="snapshot_once_a_revision")
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.revision}"
