"""The strategy itself: a name and a state. All that was answered stands in rows of its own."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategies.enums import StrategyState
from workspaces.models import Workspace


class StrategyQuerySet(models.QuerySet["Strategy"]):
    """Strategies of a workspace."""

    def for_workspace(self, workspace: Workspace) -> Self:
        """Its own strategies only."""
        return self.filter(workspace=workspace)

    def open(self) -> Self:
        """Those worked on."""
        return self.filter(state=StrategyState.OPEN)


class Strategy(models.Model):
    """The answers to the eight questions for a period."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="strategies")
    name = models.CharField(_("name"), max_length=120)
    state = models.CharField(
        max_length=20, choices=StrategyState.choices, default=StrategyState.OPEN, editable=False
    )
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[StrategyQuerySet] = StrategyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=StrategyState.values), name="strategy_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its summary."""
        return reverse("strategies:summary", args=[self.workspace.slug, self.uid])

    @property
    def is_open(self) -> bool:
        """Whether it can be edited."""
        return self.state == StrategyState.OPEN
