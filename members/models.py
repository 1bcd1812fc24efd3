"""An open door for one person, once."""

import base64
import hashlib
import uuid
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from workspaces.enums import Engagement, Role
from workspaces.models import Workspace
from workspaces.permissions import Permission, roles_with

#: An invitation that nobody took up by then is closed.
LIFETIME = timedelta(days=14)


def in_two_weeks() -> datetime:
    """When an invitation made now expires."""
    return timezone.now() + LIFETIME


def hash_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def pending(self) -> Self:
        """Neither accepted nor revoked; it may have expired."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def open(self, now: datetime | None = None) -> Self:
        """Those that can be accepted at ``now``."""
        return self.pending().filter(expires_at__gt=now or timezone.now())

    def who_could(self, permission: Permission) -> Self:
        """Those into a role that holds ``permission``, first invited first."""
        return self.filter(role__in=roles_with(permission)).order_by("created_at", "pk")

    def for_list(self) -> Self:
        return self.select_related("invited_by").order_by("-created_at", "-pk")


class Invitation(models.Model):
    """Lets one person into a workspace once, by email or by a link that is shown once.

    The token is never stored: it is made from the server's secret key, ``uid`` and ``edition``
    (256 bit), so that the outbox can put it into an email without keeping it, and a new edition
    closes the old link. The database holds its hash.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.PositiveSmallIntegerField(default=1, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("email"), max_length=254, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.READER)
    engagement = models.CharField(
        _("engagement"), max_length=20, choices=Engagement.choices, default=Engagement.EMPLOYEE
    )
    company = models.CharField(_("company"), max_length=120, blank=True)
    engaged_until = models.DateField(_("engaged until"), null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(default=in_two_weeks, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("invitation")
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Lower("email"),
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True) & ~Q(email=""),
                name="invitation_pending_once_an_address",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
            models.CheckConstraint(
                condition=Q(engagement__in=Engagement.values), name="invitation_engagement_known"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="invitation_revoked_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_accepted_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return self.email or str(_("Invitation by link"))

    @property
    def token(self) -> str:
        """The secret of the link: 43 characters, 256 bits."""
        mac = salted_hmac("members.invitation", f"{self.uid}:{self.edition}", algorithm="sha256")
        return base64.urlsafe_b64encode(mac.digest()).decode().rstrip("=")

    @property
    def path(self) -> str:
        return reverse("members:accept", args=[self.token])

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
