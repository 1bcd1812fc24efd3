"""What was decided about a post, and what was seen when it was decided."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content_calendar.enums import DecisionKind
from content_calendar.models.post import Post


class PostDecision(models.Model):
    """An approval, a request for changes, or that somebody published without waiting for either.

    ``fingerprint`` stands for text, media, link and channels as they were seen, ``seen`` has them
    in words, and ``findings`` what was to look at then. ``seen_before`` is what the manager corrected
    while approving. Never changed.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=20, choices=DecisionKind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    comment = models.TextField(_("comment"), max_length=4000, blank=True)
    alone_reason = models.TextField(max_length=2000, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64)
    seen: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    seen_before: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        default=dict, blank=True
    )
    findings: "models.JSONField[list[Any], list[Any]]" = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("decision")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DecisionKind.values), name="decision_kind_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
