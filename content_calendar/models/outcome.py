"""What was answered to “these posts should be out”."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workspaces.models import Workspace


class OutcomeAnswerQuerySet(models.QuerySet["OutcomeAnswer"]):
    """Answers."""

    def for_workspace(self, workspace: Workspace) -> Self:
        """Its own only."""
        return self.filter(workspace=workspace)


class OutcomeAnswer(models.Model):
    """One answer about many posts that lie in other tools, kept so that it can be undone.

    ``out`` has the keys of the versions that were marked as published, by the key of their post;
    ``not_out`` the tool of each post that did not go out, by the key of the post.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    out: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    not_out: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OutcomeAnswerQuerySet] = OutcomeAnswerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("answer about posts that should be out")

    def __str__(self) -> str:
        return f"{self.by} {self.at:%Y-%m-%d %H:%M}"
