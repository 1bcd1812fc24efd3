"""What is asked when the time zone of a workspace has changed."""

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content_calendar.models.post import Post
from workspaces.models import Workspace


class ZoneQuestionQuerySet(models.QuerySet["ZoneQuestion"]):
    """Questions about planned posts."""

    def for_workspace(self, workspace: Workspace) -> Self:
        """Its own only."""
        return self.filter(workspace=workspace)

    def unanswered(self) -> Self:
        """Those that still wait for an answer."""
        return self.filter(answered_at__isnull=True)


class ZoneQuestion(models.Model):
    """Whether planned posts keep their time on the clock, as they did, or their moment.

    ``before`` is the zone that held before, and ``moments`` what was planned in it: by the key of each
    post its moment, those of its versions, and day and time as they were typed.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    before = models.CharField(max_length=64)
    moments: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects: ClassVar[ZoneQuestionQuerySet] = ZoneQuestionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("question after a change of time zone")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace"],
                condition=Q(answered_at__isnull=True),
                name="zone_question_once",
            )
        ]

    def __str__(self) -> str:
        return self.before

    def moment_of(self, post: Post) -> datetime | None:
        """Return the moment at which the post was planned in the zone before."""
        found = self.moments.get(str(post.pk))
        return datetime.fromisoformat(found["post"]) if found else None
