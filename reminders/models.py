"""When something is due (Schedule), and each time that it was (Firing)."""

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone as clock
from django.utils.translation import gettext_lazy as _

from accounts.models import User, validate_time_zone
from core.rows import Removable, Revisioned
from notifications.models import Subject
from reminders.enums import OWN, FiringState, Repeat
from reminders.recurrence import Occurrence
from workspaces.models import Workspace


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    """Schedules."""

    def for_workspace(self, workspace: Workspace) -> Self:
        """Those of one workspace."""
        return self.filter(workspace=workspace)

    def own(self) -> Self:
        """Those that people have set themselves, and not removed."""
        return self.filter(kind=OWN, removed_at__isnull=True)

    def of(self, user: User) -> Self:
        """Those that one person has set, or that remind this person."""
        return self.filter(Q(owner=user) | Q(recipient=user))

    def running(self) -> Self:
        """Those that will come again."""
        return self.filter(next_at__isnull=False, is_paused=False, removed_at__isnull=True)

    def due(self, now: Any) -> Self:
        """Those whose next time has come; ``now`` may be an expression."""
        return self.running().filter(next_at__lte=now)

    def for_list(self) -> Self:
        """The next one first, those that are over last, with the people loaded."""
        return self.select_related("owner", "recipient").order_by(
            models.F("next_at").asc(nulls_last=True), "-pk"
        )


class Schedule(Revisioned, Removable):
    """When something comes: times on the wall in one zone, and the next of them in UTC.

    The workspace's own schedules (no ``owner``) run through the kinds of reminder that belong to a
    day; a person's (``kind`` “own”) remind ``recipient`` of one thing. ``version`` is what
    schedulers compare and raise: of several at once only one fires an occurrence. ``revision``
    is what people compare who edit it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    subject_kind = models.CharField(max_length=40, blank=True, editable=False)
    subject_uid = models.UUIDField(null=True, blank=True, editable=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    starts_on = models.DateField(_("day"))
    starts_time = models.TimeField(_("time"))
    timezone = models.CharField(max_length=64, validators=[validate_time_zone])
    repeat = models.CharField(
        _("how often?"), max_length=20, choices=Repeat.choices, blank=True, default=Repeat.ONCE
    )
    rule = models.CharField(max_length=200, blank=True, editable=False)
    next_on = models.DateField(null=True, editable=False)
    next_time = models.TimeField(null=True, editable=False)
    next_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    is_paused = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[ScheduleQuerySet] = ScheduleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("reminder")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "kind"],
                condition=Q(owner__isnull=True),
                name="schedule_once_a_workspace_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind=OWN, owner__isnull=False, recipient__isnull=False)
                | (~Q(kind=OWN) & Q(owner__isnull=True, recipient__isnull=True)),
                name="schedule_of_a_person_or_the_workspace",
            ),
            models.CheckConstraint(
                condition=Q(subject_kind="", subject_uid__isnull=True)
                | (~Q(subject_kind="") & Q(subject_uid__isnull=False)),
                name="schedule_subject_whole",
            ),
            models.CheckConstraint(
                condition=Q(repeat__in=Repeat.values), name="schedule_repeat_known"
            ),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True, next_time__isnull=True, next_at__isnull=True)
                | Q(next_on__isnull=False, next_time__isnull=False, next_at__isnull=False),
                name="schedule_next_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=Q(next_at__isnull=False, is_paused=False, removed_at__isnull=True),
                name="schedule_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"

    @property
    def zone(self) -> ZoneInfo:
        """The zone of its clock on the wall."""
        return ZoneInfo(self.timezone)

    @property
    def starts(self) -> datetime:
        """The first time on the wall, without a zone."""
        return datetime.combine(self.starts_on, self.starts_time)

    @property
    def next(self) -> Occurrence | None:
        """The next occurrence, or None when there is none."""
        if self.next_on is None or self.next_time is None or self.next_at is None:
            return None
        return Occurrence(datetime.combine(self.next_on, self.next_time), self.next_at)

    @property
    def subject(self) -> Subject | None:
        """What it is about: the kind of thing and its uid."""
        return (self.subject_kind, self.subject_uid) if self.subject_uid else None


class FiringQuerySet(models.QuerySet["Firing"]):
    """What came."""

    def for_workspace(self, workspace: Workspace) -> Self:
        """Those of one workspace."""
        return self.filter(workspace=workspace)

    def expired(self) -> Self:
        """Those that were so late that nobody was told any more, newest first."""
        return self.filter(state=FiringState.EXPIRED).order_by("-due_at", "-pk")


class Firing(models.Model):
    """One occurrence of a schedule, once: UNIQUE (schedule, time on the wall).

    What comes at a moment of its own, such as a post, has no schedule: UNIQUE (kind, thing, moment).
    """

    schedule = models.ForeignKey(
        Schedule, null=True, on_delete=models.CASCADE, related_name="firings"
    )
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    subject_uid = models.UUIDField(null=True)
    #: Tells who wrote the row, where of two at once only one does.
    token = models.UUIDField(default=uuid.uuid4)
    occurs_on = models.DateField()
    occurs_time = models.TimeField()
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField()
    state = models.CharField(
        max_length=20, choices=FiringState.choices, default=FiringState.TOLD, editable=False
    )
    reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[FiringQuerySet] = FiringQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "occurs_on", "occurs_time"], name="firing_once"
            ),
            models.UniqueConstraint(
                fields=["subject_uid", "kind", "due_at"],
                condition=Q(schedule__isnull=True),
                name="firing_once_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(schedule__isnull=False) | Q(subject_uid__isnull=False),
                name="firing_of_a_schedule_or_a_thing",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FiringState.values), name="firing_state_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "-due_at"],
                condition=Q(state=FiringState.EXPIRED),
                name="firing_expired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.occurs_on} {self.occurs_time}"
