"""Posts to begin from."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.rows import Removable
from workspaces.models import Workspace


class TemplateQuerySet(models.QuerySet["PostTemplate"]):
    """Templates."""

    def for_workspace(self, workspace: Workspace) -> Self:
        """Its own only."""
        return self.filter(workspace=workspace)

    def live(self) -> Self:
        """Leave out what was removed."""
        return self.filter(removed_at__isnull=True)


class PostTemplate(Removable):
    """The values of a post, without day and state, under a name."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    values: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[TemplateQuerySet] = TemplateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("template")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
