"""Read and understood: by a member, or on paper by somebody without an account."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from policies.models.policy import PolicyVersion
from workspaces.models import Membership, Workspace


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(version__policy__workspace=workspace)

    def on_paper(self) -> Self:
        return self.filter(member__isnull=True)


class Acknowledgement(models.Model):
    """One person has read and understood one version.

    Either ``member``, or an outsider's name with the day on which the copy on file was signed.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, related_name="acknowledgements", editable=False
    )
    member = models.ForeignKey(
        Membership,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    outsider_name = models.CharField(_("name"), max_length=120, blank=True)
    outsider_company = models.CharField(_("company"), max_length=120, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects: ClassVar[AcknowledgementQuerySet] = AcknowledgementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("read and understood")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "member"],
                condition=Q(member__isnull=False),
                name="acknowledgement_once",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, outsider_name="", signed_on__isnull=True)
                | (Q(member__isnull=True, signed_on__isnull=False) & ~Q(outsider_name="")),
                name="acknowledgement_by_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member) if self.member else self.outsider_name


def read_at_by(version: PolicyVersion, member: Membership) -> datetime | None:
    """Return when ``member`` accepted this very version, or None."""
    return (
        Acknowledgement.objects.filter(version=version, member=member)
        .values_list("at", flat=True)
        .first()
    )
