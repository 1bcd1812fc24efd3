"""Who did what: one record a change, never edited."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from workspaces.models import Workspace


class RecordQuerySet(models.QuerySet["Record"]):
    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def for_page(self) -> Self:
        """Newest first, with the person loaded."""
        return self.select_related("by").order_by("-at", "-pk")


class Record(models.Model):
    """One change. ``changes`` is {field: [before, after]}; there is no key to the subject."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_uid = models.CharField(max_length=64, blank=True)
    label = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict)

    objects: ClassVar[RecordQuerySet] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "-at"], name="activity_by_workspace"),
            models.Index(fields=["subject_uid", "-at"], name="activity_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.label}"
