"""What was submitted, who was asked, and what they said."""

import uuid
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategies.enums import VersionState
from strategies.models.strategy import Strategy
from workspaces.models import Membership, Workspace

DECIDED = (VersionState.CHANGES_REQUESTED, VersionState.APPROVED, VersionState.SUPERSEDED)


class VersionQuerySet(models.QuerySet["StrategyVersion"]):
    """Versions of strategies."""

    def for_workspace(self, workspace: Workspace) -> Self:
        """Those of its own strategies."""
        return self.filter(strategy__workspace=workspace)

    def waiting(self) -> Self:
        """Submitted, and nobody has decided."""
        return self.filter(state=VersionState.SUBMITTED)

    def approved(self) -> Self:
        """Approved, and no newer one has taken its place."""
        return self.filter(state=VersionState.APPROVED)

    def in_force_on(self, day: date) -> Self:
        """The approved version whose period holds ``day`` (at most one a workspace)."""
        return self.approved().filter(starts_on__lte=day, ends_on__gte=day)

    def overlapping(self, starts_on: date, ends_on: date) -> Self:
        """Those whose period shares a day with the one given."""
        return self.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)

    def with_people(self) -> Self:
        """With who submitted and who decided loaded."""
        return self.select_related("submitted_by", "decided_by")

    def without_snapshot(self) -> Self:
        """For lists: the answers stay in the database."""
        return self.defer("snapshot")


class StrategyVersion(models.Model):
    """The answers as they were when submitted; the snapshot is never changed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=20,
        choices=VersionState.choices,
        default=VersionState.SUBMITTED,
        editable=False,
    )
    schema = models.PositiveSmallIntegerField()
    snapshot: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    # Frozen out of the snapshot, so that the database can hold what must fit together.
    starts_on = models.DateField()
    ends_on = models.DateField()
    promotional = models.PositiveSmallIntegerField()
    informative = models.PositiveSmallIntegerField()
    engagement = models.PositiveSmallIntegerField()
    note = models.TextField(_("a word to the reviewers"), max_length=2000, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(default=timezone.now)
    answer_by_on = models.DateField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_text = models.TextField(max_length=4000, blank=True)
    alone_reason = models.TextField(max_length=2000, blank=True)
    next_review_on = models.DateField(null=True, blank=True)

    objects: ClassVar[VersionQuerySet] = VersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("version")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["strategy"],
                condition=Q(state=VersionState.SUBMITTED),
                name="version_one_submitted",
            ),
            models.UniqueConstraint(
                fields=["strategy"],
                condition=Q(state=VersionState.APPROVED),
                name="version_one_approved",
            ),
            models.CheckConstraint(
                condition=Q(state__in=VersionState.values), name="version_state_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="version_begins_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(promotional=100 - F("informative") - F("engagement")),
                name="version_mix_is_100",
            ),
            models.CheckConstraint(
                condition=(
                    Q(decided_by__isnull=False, decided_at__isnull=False, state__in=DECIDED)
                    | (Q(decided_by__isnull=True, decided_at__isnull=True) & ~Q(state__in=DECIDED))
                ),
                name="version_who_and_when_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.strategy} {self.number}"

    def get_absolute_url(self) -> str:
        """Its review page."""
        return reverse(
            "strategies:version",
            args=[self.strategy.workspace.slug, self.strategy.uid, self.number],
        )

    @property
    def is_without_second_reader(self) -> bool:
        """Whether the author approved it alone."""
        return bool(self.alone_reason)


class ReviewRequestQuerySet(models.QuerySet["ReviewRequest"]):
    """Who was asked."""

    def standing(self) -> Self:
        """Those for whom nobody else was asked instead."""
        return self.filter(released_at__isnull=True)

    def with_people(self) -> Self:
        """With the person asked loaded."""
        return self.select_related("reviewer__user")


class ReviewRequest(models.Model):
    """One person asked to review one version."""

    version = models.ForeignKey(StrategyVersion, on_delete=models.CASCADE, related_name="requests")
    reviewer = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True, blank=True)  # somebody else was asked instead

    objects: ClassVar[ReviewRequestQuerySet] = ReviewRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "reviewer"],
                condition=Q(released_at__isnull=True),
                name="review_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.reviewer}"


class StepCommentQuerySet(models.QuerySet["StepComment"]):
    """What was said of the questions."""

    def said_of(self, *versions: StrategyVersion | None) -> Self:
        """Those on ``versions``, the earliest version first."""
        said = self.filter(version__in=[one for one in versions if one is not None])
        said = said.select_related("author", "version").defer("version__snapshot")
        return said.order_by("version__number", "at", "pk")


class StepComment(models.Model):
    """What the person who decided says of one question: one comment a step and decision."""

    version = models.ForeignKey(StrategyVersion, on_delete=models.CASCADE, related_name="comments")
    step = models.CharField(max_length=20)
    text = models.TextField(max_length=4000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[StepCommentQuerySet] = StepCommentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "step", "author"], name="comment_once_a_step"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
