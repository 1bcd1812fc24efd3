"""A link by which somebody without an account reads one version."""

import base64
import hashlib
import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from strategies.enums import VersionState
from strategies.models.version import StrategyVersion
from workspaces.models import Workspace


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    """Links to versions."""

    def for_workspace(self, workspace: Workspace) -> Self:
        """Those to its own versions."""
        return self.filter(version__strategy__workspace=workspace)

    def open(self, now: datetime | None = None) -> Self:
        """Those that lead somewhere at ``now``."""
        running = self.filter(revoked_at__isnull=True, expires_at__gt=now or timezone.now())
        return running.exclude(version__state=VersionState.WITHDRAWN)

    def for_list(self) -> Self:
        """Newest first, with who made and who revoked them."""
        return self.select_related("created_by", "revoked_by").order_by("-created_at", "-pk")

    def for_reading(self) -> Self:
        """With everything that the page of a link shows."""
        return self.select_related(
            "version__strategy__workspace", "version__submitted_by", "version__decided_by"
        )


class ShareLink(models.Model):
    """Lets whoever has the address read one version, and nothing else, until it ends.

    The token (256 bit) is made from the server's secret key and ``uid`` and never stored; the
    database holds its hash. ``label`` says for whom the link was made.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(StrategyVersion, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    label = models.CharField(_("for whom?"), max_length=120)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    last_opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    objects: ClassVar[ShareLinkQuerySet] = ShareLinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("link to a version")
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="share_link_revoked_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")),
                name="share_link_made_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def token(self) -> str:
        """The secret of the link: 43 characters, 256 bits."""
        mac = salted_hmac("strategies.share_link", str(self.uid), algorithm="sha256")
        return base64.urlsafe_b64encode(mac.digest()).decode().rstrip("=")

    @property
    def path(self) -> str:
        """The address that is passed on."""
        return reverse("shared:document", args=[self.token])

    @property
    def is_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        """Whether it leads somewhere."""
        return not (self.revoked_at or self.is_expired or self.is_withdrawn)

    @property
    def is_withdrawn(self) -> bool:
        """Whether the version was withdrawn, and is no longer read."""
        return self.version.state == VersionState.WITHDRAWN
