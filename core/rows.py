"""Parts of a model whose objects people save by themselves, each with its own revision.

``claim_revision`` is the lock: a conditional UPDATE that names the revision that was read, so of
two saves at once only the first one wins, on SQLite and PostgreSQL alike.
"""

import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import Conflict, Refusal
from core.fields import CodesField

ROWS_AT_MOST = 300  # live rows of a kind in one list


class RowRemoved(Refusal):
    """The row was removed; it can be restored."""


class TooMany(Refusal):
    """There are as many rows of the kind as one list may have."""


class Revisioned(models.Model):
    """Something whose every save raises its revision by one."""

    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Ordered(models.Model):
    """Something that people put into an order; the first position is 1."""

    position = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


class Removable(models.Model):
    """Something that is removed softly, never deleted, and can be restored (docs/adr)."""

    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Answerable(models.Model):
    """Something with fields that can be answered with *not known yet*; ``not_known`` names them."""

    not_known = CodesField(editable=False)

    class Meta:
        abstract = True


class RowQuerySet(models.QuerySet[Any]):
    """Rows in the order that people gave them."""

    def live(self) -> Self:
        """Leave out what was removed."""
        return self.filter(removed_at__isnull=True)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")


class Row(Revisioned, Ordered, Removable, Answerable):
    """What every row has beside its own fields."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
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


def claim_revision(found: Revisioned, expected: int) -> None:
    """Raise the revision from ``expected`` by one, or raise Conflict and change nothing.

    Call it inside the transaction that then writes the fields.
    """
    claimed = (
        type(found)
        ._default_manager.filter(pk=found.pk, revision=expected)
        .update(revision=F("revision") + 1)
    )
    if not claimed:
        raise Conflict
    found.revision = expected + 1


def renumber(order: Iterable[Row]) -> None:
    """Give the rows the positions 1, 2, 3 …, writing only those that change."""
    moved = []
    for position, row in enumerate(order, start=1):
        if row.position != position:
            row.position = position
            moved.append(row)
    if moved:
        type(moved[0])._default_manager.bulk_update(moved, ["position"], batch_size=100)


def refuse_too_many(number: int, *, of_these: int = 1) -> None:
    """Raise TooMany where a list would have more than ``ROWS_AT_MOST`` live rows.

    ``of_these`` are the rows that would be new.
    """
    if number <= ROWS_AT_MOST:
        return
    there = number - of_these
    if there >= ROWS_AT_MOST:
        raise TooMany(
            _("There are %(number)d here already, the most there may be. Remove some first.")
            % {"number": ROWS_AT_MOST}
        )
    raise TooMany(
        _(
            "There may be %(most)d here, and %(there)d are there already: %(room)d more fit, and "
            "these are %(number)d. None was added."
        )
        % {
            "most": ROWS_AT_MOST,
            "there": there,
            "room": ROWS_AT_MOST - there,
            "number": of_these,
        }
    )


def is_blank(value: Any) -> bool:
    """Whether a field with this value is not answered: *not known yet* may stand beside it."""
    return value in (None, "", (), [])
