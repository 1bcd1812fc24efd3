"""A row is the unit of saving: an address (uid), a place (position) and a revision of its own.

Two people collide only on the same row. ``claim_revision`` is the lock: a conditional UPDATE
that names the revision the person read, so of two at once only the first one wins, on SQLite
and PostgreSQL alike. Rows are removed softly and never deleted (docs/adr).
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

from core.exceptions import Conflict
from core.fields import CodesField


class RowQuerySet(models.QuerySet[Any]):
    """Rows in the order that people gave them."""

    def live(self) -> Self:
        """Leave out what was removed."""
        return self.filter(removed_at__isnull=True)

    def in_order(self) -> Self:
        """First the first."""
        return self.order_by("position", "pk")


class Row(models.Model):
    """What every row has beside its own fields.

    ``not_known`` names the fields that were answered with *not known yet*.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveIntegerField(default=0, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    not_known = CodesField(editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = RowQuerySet.as_manager()

    class Meta:
        abstract = True


def claim_revision(row: Row, expected: int) -> None:
    """Raise the revision from ``expected`` by one, or raise Conflict and change nothing.

    Call it inside the transaction that then writes the row's fields.
    """
    claimed = (
        type(row)
        ._default_manager.filter(pk=row.pk, revision=expected)
        .update(revision=F("revision") + 1)
    )
    if not claimed:
        raise Conflict
    row.revision = expected + 1
