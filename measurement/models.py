"""Readings of figures."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.rows import Row, RowQuerySet
from strategies.models import Strategy
from workspaces.models import Workspace


class ReadingQuerySet(RowQuerySet):
    """Readings, oldest first."""

    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(strategy__workspace=workspace)

    def of_figure(self, strategy: Strategy, figure: "UUID | str") -> Self:
        return self.live().filter(strategy=strategy, figure=figure).order_by("read_on")


class Reading(Row):
    """What a figure was on a day, typed by hand; of a sign 1 where it was seen and 0 where not.

    ``figure`` is the uid of the figure in the strategy's answers: there is no key, because what was
    read stays when the figure is taken off the answers.
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="+")
    figure = models.UUIDField(editable=False)
    read_on = models.DateField(_("read on"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects: ClassVar[ReadingQuerySet] = ReadingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("reading")
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "figure", "read_on"],
                condition=Q(removed_at__isnull=True),
                name="reading_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} ({self.read_on})"

    def get_absolute_url(self) -> str:
        return reverse(
            "measurement:figure",
            args=[self.strategy.workspace.slug, self.strategy.uid, self.figure],
        )
