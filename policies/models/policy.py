"""A policy as it is being written, and its versions as they were published."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.rows import Revisioned
from networks.models import Channel
from policies.domain.text import LONGEST
from policies.enums import CONCERNING, Concerned
from workspaces.models import Membership, Workspace


class PolicyQuerySet(models.QuerySet["Policy"]):
    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def current(self) -> Self:
        """Leave out what is archived."""
        return self.filter(archived_at__isnull=True)


class Policy(Revisioned):
    """What people may do, in the words that are being written now; see ``PolicyVersion``."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    concerned = models.CharField(
        _("for whom"), max_length=20, choices=Concerned.choices, default=Concerned.EVERYONE
    )
    channels = models.ManyToManyField(
        Channel,
        verbose_name=_("only for these channels"),
        blank=True,
        related_name="+",
        help_text=_("Tick none if it holds for all channels."),
    )
    text = models.TextField(
        _("text"),
        blank=True,
        max_length=LONGEST,
        help_text=_("In Markdown: ## begins a clause, - a list, **two stars** make text bold."),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[PolicyQuerySet] = PolicyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("policy")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(concerned__in=Concerned.values), name="policy_concerned_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("policies:policy", args=[self.workspace.slug, self.uid])


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(policy__workspace=workspace)

    def standing(self) -> Self:
        """Leave out what was taken back before its day."""
        return self.filter(withdrawn_at__isnull=True)

    def published(self, now: datetime) -> Self:
        return self.standing().filter(in_force_at__lte=now)

    def coming(self, now: datetime) -> Self:
        """Those whose day has not come."""
        return self.standing().filter(in_force_at__gt=now)

    def in_force(self, now: datetime) -> Self:
        """The newest published version of each policy that is not archived."""
        newer = PolicyVersion.objects.published(now).filter(
            policy=OuterRef("policy"), number__gt=OuterRef("number")
        )
        return self.published(now).filter(~Exists(newer), policy__archived_at__isnull=True)

    def to_be_read(self, now: datetime) -> Self:
        """The version of each current policy from which on reading counts: the newest major one."""
        newer = PolicyVersion.objects.published(now).filter(
            policy=OuterRef("policy"), number__gt=OuterRef("number"), is_major=True
        )
        return self.published(now).filter(
            ~Exists(newer), is_major=True, policy__archived_at__isnull=True
        )

    def concerning(self, member: Membership) -> Self:
        return self.filter(concerned__in=CONCERNING[member.engagement])


class PolicyVersion(models.Model):
    """A policy as it was published. Never changed: who accepted it accepted this text."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(editable=False)
    title = models.CharField(max_length=120, editable=False)
    concerned = models.CharField(max_length=20, choices=Concerned.choices, editable=False)
    channels = models.ManyToManyField(Channel, related_name="+", editable=False)
    text = models.TextField(editable=False)
    summary = models.TextField(_("what has changed"), max_length=1000, blank=True, editable=False)
    is_major = models.BooleanField(default=True, editable=False)
    in_force_at = models.DateTimeField(editable=False)
    read_by_on = models.DateField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(default=timezone.now, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[PolicyVersionQuerySet] = PolicyVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("version of a policy")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="policy_version_once"),
            models.CheckConstraint(
                condition=Q(concerned__in=Concerned.values), name="policy_version_concerned_known"
            ),
            models.CheckConstraint(
                condition=Q(is_major=True, read_by_on__isnull=False)
                | Q(is_major=False, read_by_on__isnull=True),
                name="policy_version_major_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_coming(self, now: datetime) -> bool:
        return self.withdrawn_at is None and self.in_force_at > now
