"""What a person is told (Notification), and each sending of it (Delivery, Attempt)."""

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Min, Q, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower
from django.db.models.lookups import IsNull
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.rows import Revisioned
from notifications.enums import (
    DEAD_STATES,
    DUE_STATES,
    EMAIL,
    LATE,
    UNFINISHED_STATES,
    WEBHOOK,
    DeliveryState,
    Outcome,
    Pace,
)
from notifications.models_webhooks import WebhookEndpoint
from workspaces.models import Workspace

#: What a notice is about: the kind of thing and its uid.
Subject = tuple[str, uuid.UUID]


class NotificationQuerySet(models.QuerySet["Notification"]):
    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def to(self, user: User) -> Self:
        """Those that one person sees."""
        return self.filter(recipient=user, is_in_app=True)

    def about(self, subject: Subject) -> Self:
        kind, uid = subject
        return self.filter(subject_kind=kind, subject_uid=uid)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def for_page(self) -> Self:
        """Unread first, newest first, with the person behind each loaded."""
        return self.select_related("by").order_by(
            IsNull(F("read_at"), True).desc(), "-created_at", "-pk"
        )


class Notification(models.Model):
    """One thing that one person is told, once: UNIQUE (source_key, recipient).

    ``source_key`` is an opaque uuid5 of what caused it. Somebody who has no account yet (an
    invitation) is named by ``address`` in place of ``recipient``, and a webhook by ``endpoint``. ``params`` are plain values that
    the kind's sentences are made of; ``url`` is a path of this site, and ``subject_kind`` with
    ``subject_uid`` the thing it is about (there is no key to it). ``due_at`` is when it should have been told;
    what is told as it happens has none. The bell and the list leave out what is not ``is_in_app``.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    address = models.EmailField(_("email"), max_length=254, blank=True)
    endpoint = models.ForeignKey(
        WebhookEndpoint,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="+",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=60)
    source_key = models.UUIDField(editable=False)
    subject_kind = models.CharField(max_length=60, blank=True, editable=False)
    subject_uid = models.UUIDField(null=True, blank=True, editable=False)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField(null=True, blank=True, editable=False)
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_in_app = models.BooleanField(default=True, editable=False)

    objects: ClassVar[NotificationQuerySet] = NotificationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("notice")
        constraints = [
            models.UniqueConstraint(
                fields=["source_key", "recipient"], name="notification_once_a_person"
            ),
            models.UniqueConstraint(
                "source_key",
                Lower("address"),
                condition=Q(recipient__isnull=True, endpoint__isnull=True),
                name="notification_once_an_address",
            ),
            models.UniqueConstraint(
                fields=["source_key", "endpoint"], name="notification_once_a_webhook"
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, address="", endpoint__isnull=True)
                | (Q(recipient__isnull=True, endpoint__isnull=True) & ~Q(address=""))
                | Q(recipient__isnull=True, address="", endpoint__isnull=False),
                name="notification_person_address_or_webhook",
            ),
            models.CheckConstraint(
                condition=Q(subject_kind="", subject_uid__isnull=True)
                | (~Q(subject_kind="") & Q(subject_uid__isnull=False)),
                name="notification_subject_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["recipient", "workspace", "-created_at"], name="notification_by_person"
            ),
            models.Index(
                fields=["subject_uid", "kind"],
                condition=Q(subject_uid__isnull=False),
                name="notification_by_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"

    def is_late(self, at: datetime) -> bool:
        """Whether what is told ``at`` this moment must say when it was due."""
        return self.due_at is not None and at - self.due_at > LATE


def is_in(*states: DeliveryState) -> RawSQL:
    """Return the condition that a delivery is in one of ``states``, with the values written out.

    SQLite uses a partial index only where the query has the very words of the index's condition,
    and a parameter is none: with a million finished rows each claim would look at all of them.
    """
    values = ", ".join(f"'{state.value}'" for state in states)
    condition = f"state IN ({values})" if len(states) > 1 else f"state = {values}"
    return RawSQL(condition, [], output_field=models.BooleanField())  # noqa: S611  # our own codes


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def claimable(self, now: Any) -> Self:
        """Due, or taken up by a worker whose lease has run out. ``now`` may be an expression."""
        return self.filter(
            is_in(*UNFINISHED_STATES),
            Q(state__in=DUE_STATES, next_at__lte=now)
            | Q(state=DeliveryState.SENDING, lease_until__lt=now),
        )

    def held_by(self, token: uuid.UUID | None) -> Self:
        """Those that the worker with this ``lease_token`` has, unless its lease was taken over."""
        return self.filter(state=DeliveryState.SENDING, lease_token=token)

    def waiting(self, now: datetime) -> Self:
        """Those that are due and not sent, also those that a worker holds."""
        return self.filter(
            is_in(*UNFINISHED_STATES),
            Q(state__in=DUE_STATES, next_at__lte=now) | Q(state=DeliveryState.SENDING),
        )

    def put_off(self, now: datetime) -> Self:
        """Those to be tried again later; what is not due before then was not put off."""
        again = Q(state=DeliveryState.RETRYING) | Q(next_at__gt=F("due_at"))
        return self.filter(is_in(*UNFINISHED_STATES), again, state__in=DUE_STATES, next_at__gt=now)

    def overdue_since(self, now: Any) -> datetime | None:
        """Return since when the oldest of them could have been taken up; None where none waits."""
        taken_up = Case(
            When(state=DeliveryState.SENDING, then=F("lease_until")), default=F("next_at")
        )
        since: datetime | None = self.claimable(now).aggregate(since=Min(taken_up))["since"]
        return since

    def held(self, now: Any) -> Self:
        """Those whose daily email is due; ``now`` may be an expression."""
        return self.filter(is_in(DeliveryState.HELD), next_at__lte=now)

    def dead(self) -> Self:
        """Those that nobody will try again by themselves."""
        return self.filter(is_in(*DEAD_STATES))

    def sent(self) -> Self:
        """Those that were sent."""
        return self.filter(is_in(DeliveryState.SENT))

    def failed(self) -> Self:
        """Those that nobody will try again by themselves, newest first."""
        return (
            self.dead()
            .select_related("notification__workspace", "notification__by", "recipient", "endpoint")
            .order_by("-due_at", "-pk")
        )

    def to_endpoint(self, endpoint: WebhookEndpoint) -> Self:
        """Those to one webhook, newest first, with what they say loaded."""
        return (
            self.filter(endpoint=endpoint)
            .select_related("notification__workspace", "notification__by", "endpoint")
            .order_by("-pk")
        )


class Delivery(models.Model):
    """One sending of a notice by one ``way``, tracked until it is sent, failed or cancelled.

    UNIQUE (source_key, recipient, way). ``way`` is a code of ``notifications.ways``. What goes to a
    webhook has an ``endpoint`` in place of a recipient.

    The database is the queue: a worker takes a row by a lease, and a lease that runs out is
    taken by another.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    notification = models.ForeignKey(
        Notification, on_delete=models.CASCADE, related_name="deliveries"
    )
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    source_key = models.UUIDField(editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    address = models.EmailField(max_length=254, blank=True)
    endpoint = models.ForeignKey(
        WebhookEndpoint,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="+",
    )
    way = models.CharField(max_length=20, default=EMAIL)
    state = models.CharField(
        max_length=20,
        choices=DeliveryState.choices,
        default=DeliveryState.WAITING,
        editable=False,
    )
    due_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now)
    digest = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    lease_token = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    last_error = models.CharField(max_length=2000, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)

    #: When the try began that is going on, by the database's clock.
    tried_at: datetime | None = None
    #: Whether the recipient was a member of the workspace then.
    is_to_member = False
    #: Tries that were begun, known once it is claimed.
    tries_begun = 0

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["source_key", "recipient", "way"], name="delivery_once_a_person_and_way"
            ),
            models.UniqueConstraint(
                "source_key",
                Lower("address"),
                "way",
                condition=Q(recipient__isnull=True, endpoint__isnull=True),
                name="delivery_once_an_address_and_way",
            ),
            models.UniqueConstraint(
                fields=["source_key", "endpoint"], name="delivery_once_a_webhook"
            ),
            models.CheckConstraint(
                condition=Q(endpoint__isnull=True) | Q(way=WEBHOOK, recipient__isnull=True),
                name="delivery_to_webhook_by_its_way",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="delivery_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=DeliveryState.SENDING,
                    lease_token__isnull=False,
                    lease_until__isnull=False,
                )
                | (
                    ~Q(state=DeliveryState.SENDING)
                    & Q(lease_token__isnull=True, lease_until__isnull=True)
                ),
                name="delivery_lease_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & Q(sent_at__isnull=True)),
                name="delivery_sent_at_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(digest__isnull=True) | Q(state=DeliveryState.DIGESTED),
                name="delivery_digest_when_digested",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "next_at", "id"],
                condition=Q(state__in=UNFINISHED_STATES),
                name="delivery_open",
            ),
            models.Index(
                fields=["next_at"], condition=Q(state=DeliveryState.HELD), name="delivery_held"
            ),
            models.Index(
                fields=["workspace", "-due_at"],
                condition=Q(state__in=DEAD_STATES),
                name="delivery_dead",
            ),
            models.Index(
                fields=["workspace", "-sent_at"],
                condition=Q(state=DeliveryState.SENT),
                name="delivery_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notification_id} {self.way} {self.state}"

    @property
    def message_key(self) -> uuid.UUID:
        """The same for every attempt, so that a repeat can be told from a second email."""
        who = f"user:{self.recipient_id}" if self.recipient_id else self.address.lower()
        if self.endpoint:
            who = f"webhook:{self.endpoint.uid}"
        return uuid.uuid5(self.source_key, f"{who}:{self.way}")

    @property
    def to(self) -> str:
        """The address it goes to; a person's is read when it is sent. A webhook has a name."""
        if self.endpoint:
            return self.endpoint.name
        return self.recipient.email if self.recipient else self.address


class Attempt(models.Model):
    """One try. It is written before the sending, so that a crash in the middle leaves a trace."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.OPEN)
    code = models.CharField(max_length=10, blank=True)
    detail = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = _("attempt")
        ordering = ["delivery", "number"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="attempt_numbered"),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="attempt_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} #{self.number} {self.outcome}"


class Tick(models.Model):
    """When one part of the work last ran: one row each, written by the tick itself."""

    part = models.CharField(max_length=40, unique=True)
    ticked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tick")

    def __str__(self) -> str:
        return f"{self.part} {self.ticked_at}"


class NoticeSettings(Revisioned):
    """When a person wants no emails: quiet hours by their own clock, and a pause."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    paused_until = models.DateField(_("no emails before"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice settings")
        verbose_name_plural = _("notice settings")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="notice_settings_quiet_hours_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class NoticeChoice(models.Model):
    """When a person wants one type of notice by one way, where it is not the type's own pace.

    ``way`` is a code of ``notifications.ways``, or ``IN_APP``.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    way = models.CharField(max_length=20)
    pace = models.CharField(max_length=20, choices=Pace.choices)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "way"], name="notice_choice_once_a_kind_and_way"
            ),
            models.CheckConstraint(
                condition=Q(pace__in=Pace.values), name="notice_choice_pace_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.kind} {self.way}: {self.pace}"
