"""A stop of all posts, or of those on some channels."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.rows import Revisioned
from networks.models import Channel
from workspaces.models import Workspace


class HoldQuerySet(models.QuerySet["Hold"]):
    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def on(self) -> Self:
        """Those that nobody has lifted."""
        return self.filter(lifted_at__isnull=True)


class Hold(Revisioned):
    """While nobody has lifted it, nothing goes out on its channels.

    A workspace has at most one that is on: who stops more widens it. Each time that somebody stops
    posts raises the revision, so that nobody lifts what was stopped anew since their page was made.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    is_for_all = models.BooleanField(default=True, editable=False)
    channels = models.ManyToManyField(Channel, related_name="+", editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    objects: ClassVar[HoldQuerySet] = HoldQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("stop of posts")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace"], condition=Q(lifted_at__isnull=True), name="hold_on_once"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="hold_lifted_by_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.reason or f"{self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_on(self) -> bool:
        return self.lifted_at is None


def held(*, workspace: str, channel: str, since: Combinable | None = None) -> Exists:
    """Return whether a hold is on for a row's channel; the arguments name its fields.

    With ``since`` (a moment of the row) only a hold that was on before it.
    """
    on = Hold.objects.on().filter(workspace=OuterRef(workspace))
    if since is not None:
        on = on.filter(started_at__lt=since)
    of_channel = Hold.channels.through.objects.filter(
        hold=OuterRef("pk"), channel=OuterRef(OuterRef(channel))
    )
    return Exists(on.filter(Q(is_for_all=True) | Exists(of_channel)))
