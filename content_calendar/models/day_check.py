"""That somebody looked at a post on the day on which it goes out."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content_calendar.models.post import Post
from workspaces.models import Workspace


class DayCheckQuerySet(models.QuerySet["DayCheck"]):
    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(post__workspace=workspace)


class DayCheck(models.Model):
    """Nothing had happened by then that makes the post wrong on ``day``, the workspace's day."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="day_checks")
    day = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[DayCheckQuerySet] = DayCheckQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("check of the day")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["post", "day"], name="day_check_once")]

    def __str__(self) -> str:
        return f"{self.post} {self.day}"
