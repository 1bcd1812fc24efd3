"""Where a workspace's notices go besides to people: an address of another program."""

import base64
import uuid
from datetime import timedelta
from typing import ClassVar, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.fields import CodesField
from core.rows import Removable, Revisioned
from notifications.enums import OffReason, WebhookShape
from workspaces.models import Workspace

#: So long the secret before a new one signs as well.
BOTH_SIGN = timedelta(hours=24)


class WebhookEndpointQuerySet(models.QuerySet["WebhookEndpoint"]):
    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def live(self) -> Self:
        """Leave out what was removed."""
        return self.filter(removed_at__isnull=True)

    def on(self) -> Self:
        """Those that are sent notices."""
        return self.live().filter(off_at__isnull=True)

    def for_list(self) -> Self:
        return self.order_by("name", "pk")


class WebhookEndpoint(Revisioned, Removable):
    """One webhook: ``kinds`` of notice are sent to ``address`` in the ``shape`` that it takes.

    The address may be a secret itself (Slack, Teams): it stands in no log. The secret that signs
    is derived from the server's key, ``uid`` and ``edition``, and stored nowhere.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(_("address"), max_length=2000)
    shape = models.CharField(
        _("who receives it"),
        max_length=20,
        choices=WebhookShape.choices,
        default=WebhookShape.STANDARD,
    )
    kinds = CodesField(_("what is sent"), max_length=2000)
    edition = models.PositiveIntegerField(default=1, editable=False)
    rotated_at = models.DateTimeField(null=True, editable=False)
    off_at = models.DateTimeField(null=True, editable=False)
    off_reason = models.CharField(
        max_length=20, choices=OffReason.choices, blank=True, editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects: ClassVar[WebhookEndpointQuerySet] = WebhookEndpointQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("webhook")
        constraints = [
            models.CheckConstraint(
                condition=Q(shape__in=WebhookShape.values), name="webhook_shape_known"
            ),
            models.CheckConstraint(
                condition=Q(off_at__isnull=True, off_reason="")
                | Q(off_at__isnull=False, off_reason__in=OffReason.values),
                name="webhook_off_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace"],
                condition=Q(removed_at__isnull=True, off_at__isnull=True),
                name="webhook_on",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("notifications:webhook", args=[self.workspace.slug, self.uid])

    @property
    def is_on(self) -> bool:
        """Whether notices are sent to it."""
        return self.removed_at is None and self.off_at is None

    @property
    def host(self) -> str:
        """The host of the address: what may be shown of it."""
        return urlsplit(self.address).hostname or ""

    @property
    def secret(self) -> str:
        """What signs, as Standard Webhooks writes it; 256 bits."""
        return _secret_of(self.uid, self.edition)

    @property
    def secrets(self) -> list[str]:
        """Those that sign now: for a day after a new one was made, both."""
        is_fresh = self.rotated_at is not None and timezone.now() - self.rotated_at < BOTH_SIGN
        before = [_secret_of(self.uid, self.edition - 1)] if is_fresh else []
        return [self.secret, *before]


def _secret_of(uid: uuid.UUID, edition: int) -> str:
    mac = salted_hmac("notifications.webhook", f"{uid}:{edition}", algorithm="sha256")
    return f"whsec_{base64.b64encode(mac.digest()).decode()}"
