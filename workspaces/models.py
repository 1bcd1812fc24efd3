"""The wall, and who stands inside it."""

import uuid
import zoneinfo
from datetime import date, datetime
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils import timezone as clock
from django.utils.translation import gettext_lazy as _

from accounts.models import User, validate_time_zone
from core.date_there import DateThere
from core.rows import Revisioned
from workspaces.enums import Engagement, Role, WeekStart
from workspaces.permissions import ROLE_PERMISSIONS, Permission, roles_with


class WorkspaceQuerySet(models.QuerySet["Workspace"]):
    def open_to(self, user: User) -> Self:
        """Those that ``user`` can come into, by name."""
        return self.filter(
            pk__in=Membership.objects.active().filter(user=user).values("workspace")
        ).order_by("name", "pk")


class Workspace(Revisioned):
    """One team or brand."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    timezone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Oslo", validators=[validate_time_zone]
    )
    week_start = models.PositiveSmallIntegerField(
        _("first day of the week"), choices=WeekStart.choices, default=WeekStart.MONDAY
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    lead_time_hours = models.PositiveSmallIntegerField(
        _("lead time"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
        help_text=_("Hours before publishing by which a post must be approved."),
    )
    review_days = models.PositiveSmallIntegerField(
        _("days to review"),
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Days a reviewer has to answer when a strategy is submitted."),
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    objects: ClassVar[WorkspaceQuerySet] = WorkspaceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("workspace")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lead_time_hours__range=(1, 720)), name="workspace_lead_time_bounded"
            ),
            models.CheckConstraint(
                condition=Q(review_days__range=(1, 60)), name="workspace_review_days_bounded"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("today:today", kwargs={"workspace": self.slug})

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The zone that its days and weeks are counted in."""
        return zoneinfo.ZoneInfo(self.timezone)

    def today(self, now: datetime | None = None) -> date:
        """The date in the workspace's zone at ``now`` (aware; the clock when left out)."""
        return (now or clock.now()).astimezone(self.zone).date()

    @property
    def initials(self) -> str:
        """One or two letters for the square mark."""
        words = self.name.split()
        return "".join(word[0] for word in words[:2]).upper()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def for_workspace(self, workspace: Workspace) -> Self:
        """Those of one workspace, gone or not."""
        return self.filter(workspace=workspace)

    def active(self, at: datetime | None = None) -> Self:
        """Those who can come in ``at`` (the clock when left out): not left, engagement not over.

        An engagement lasts through its last day, by the workspace's own date.
        """
        today = DateThere(Value(at or clock.now()), F("workspace__timezone"))
        return self.filter(
            Q(engaged_until__isnull=True) | Q(engaged_until__gte=today),
            left_at__isnull=True,
            user__is_active=True,
        )

    def who_can(self, permission: Permission) -> Self:
        return self.filter(role__in=roles_with(permission))

    def by_name(self) -> Self:
        """In the order of a list of people, each with the person loaded."""
        return self.select_related("user").order_by("user__name", "pk")


class Membership(Revisioned):
    """A person in a workspace, with role and engagement. Kept when the person leaves."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.READER)
    engagement = models.CharField(
        _("engagement"), max_length=20, choices=Engagement.choices, default=Engagement.EMPLOYEE
    )
    company = models.CharField(_("company"), max_length=120, blank=True)
    engaged_until = models.DateField(_("engaged until"), null=True, blank=True)
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("member")
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="membership_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(engagement__in=Engagement.values), name="membership_engagement_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The person's name; an external's company stands behind it."""
        return f"{self.user} ({self.company})" if self.company else str(self.user)

    @property
    def initials(self) -> str:
        return self.user.initials

    def can(self, permission: Permission) -> bool:
        return permission in ROLE_PERMISSIONS[Role(self.role)]

    @property
    def is_active(self) -> bool:
        """Whether this person can come in."""
        return self.left_at is None and self.user.is_active and not self.is_over

    @property
    def is_over(self) -> bool:
        """Whether the engagement's last day has passed."""
        return self.engaged_until is not None and self.engaged_until < self.workspace.today()


def home_of(user: User, *, last: str = "") -> Workspace | None:
    """Return where ``user`` belongs: the workspace visited last (its slug), else the only one."""
    open_ones = list(Workspace.objects.open_to(user).filter(slug=last)) or list(
        Workspace.objects.open_to(user)[:2]
    )
    return open_ones[0] if len(open_ones) == 1 else None


def membership_of(user: User, slug: str) -> Membership | None:
    """Return the active membership of ``user`` in the workspace ``slug``, both loaded, or None."""
    # The database says whether the account is open: ``user`` may have been read before it closed.
    found = (
        Membership.objects.select_related("workspace")
        .filter(user=user, user__is_active=True, workspace__slug=slug)
        .first()
    )
    if found is None:
        return None
    found.user = user
    return found if found.is_active else None
