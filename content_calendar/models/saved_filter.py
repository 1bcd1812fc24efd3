"""Filters of the calendar that people have named."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workspaces.models import Membership, Workspace


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    """Named filters."""

    def for_member(self, member: Membership) -> Self:
        """One's own and those for everybody, by name."""
        return self.filter(Q(owner=member) | Q(owner=None), workspace=member.workspace)


class SavedFilter(models.Model):
    """A filter under a name; without an owner it is for everybody in the workspace."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=1000)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[SavedFilterQuerySet] = SavedFilterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("saved filter")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
