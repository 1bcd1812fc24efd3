"""Hashtags that were looked up, and each check of them."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.text_parts import HASHTAG_AT_MOST
from policies.enums import HashtagVerdict
from workspaces.models import Workspace

KEY_AT_MOST = 3 * HASHTAG_AT_MOST  # a letter may become three when its case is folded


class HashtagQuerySet(models.QuerySet["Hashtag"]):
    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)


class Hashtag(models.Model):
    """A hashtag that somebody looked up.

    ``key`` is the same for every way to write it (``networks.text_parts.hashtag_key``). A lasting
    one is looked at yearly; what another one is about may have changed since the morning.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("hashtag"), max_length=HASHTAG_AT_MOST, editable=False)
    key = models.CharField(max_length=KEY_AT_MOST, editable=False)
    is_lasting = models.BooleanField(_("lasting"), default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[HashtagQuerySet] = HashtagQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("hashtag")
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["workspace", "key"], name="hashtag_once")]

    def __str__(self) -> str:
        return f"#{self.name}"

    def get_absolute_url(self) -> str:
        return reverse("policies:hashtag", args=[self.workspace.slug, self.uid])


class HashtagCheckQuerySet(models.QuerySet["HashtagCheck"]):
    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(hashtag__workspace=workspace)

    def newest(self) -> Self:
        """The newest check of each hashtag, by externals and by employees apart."""
        newer = HashtagCheck.objects.filter(
            hashtag=OuterRef("hashtag"),
            is_by_external=OuterRef("is_by_external"),
            pk__gt=OuterRef("pk"),
        )
        return self.filter(~Exists(newer))

    def holding(self, at: "datetime | OuterRef") -> Self:
        """Those that still hold at a moment."""
        return self.filter(Q(until=None) | Q(until__gte=at))


class HashtagCheck(models.Model):
    """One person looked a hashtag up. Never changed; the newest check is the one that counts.

    It holds through ``until``; one that says *avoid* may hold until somebody says otherwise (None).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hashtag = models.ForeignKey(Hashtag, on_delete=models.CASCADE, related_name="checks")
    verdict = models.CharField(_("verdict"), max_length=10, choices=HashtagVerdict.choices)
    about = models.TextField(_("what it is about"), max_length=500)
    evidence = models.CharField(_("where you looked"), max_length=500, blank=True)
    until = models.DateTimeField(null=True, blank=True, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    is_by_external = models.BooleanField(default=False, editable=False)

    objects: ClassVar[HashtagCheckQuerySet] = HashtagCheckQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("check of a hashtag")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=HashtagVerdict.values), name="hashtag_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(verdict=HashtagVerdict.AVOID) | Q(until__isnull=False),
                name="hashtag_check_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hashtag}: {self.get_verdict_display()}"

    def holds_at(self, moment: datetime) -> bool:
        return self.until is None or moment <= self.until
