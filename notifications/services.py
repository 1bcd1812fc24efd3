"""Telling people. Rows are written in the caller's transaction; a worker sends them later."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Min
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import record
from core.exceptions import Refusal
from core.rows import claim_revision
from core.wake import wake
from notifications.enums import DEAD_STATES, EMAIL, OPEN_STATES, WEBHOOK, DeliveryState, Pace
from notifications.models import (
    Delivery,
    NoticeChoice,
    NoticeSettings,
    Notification,
    Subject,
)
from notifications.models_webhooks import WebhookEndpoint
from notifications.notification_types import NotificationType, type_of
from notifications.preferences import Preferences, preferences_of
from notifications.ways import WAYS
from workspaces.models import Workspace

NAMESPACE = uuid.UUID("6a1f6e0c-6d0d-5d0a-9f0e-3f2c5d1f7b11")
TICK = "notifications.tick"
SOON = timedelta(seconds=30)


@dataclass(frozen=True)
class Outbox:
    """Where a workspace's emails stand: how many are not sent, and when the last one was."""

    waiting: int
    put_off: int
    failed: int
    expired: int
    next_try_at: datetime | None
    last_sent_at: datetime | None

    @property
    def dead(self) -> int:
        """How many nobody will try again by themselves."""
        return self.failed + self.expired


def outbox_of(workspace: Workspace) -> Outbox:
    """Count what waits and what was put off, from the deliveries themselves.

    What is due within seconds waits too: it was written by the database's clock, not by this one.
    """
    now = timezone.now() + SOON
    own = Delivery.objects.for_workspace(workspace).filter(way=EMAIL)
    later = own.put_off(now).aggregate(number=Count("pk"), first=Min("next_at"))
    sent = own.sent().order_by("-sent_at")
    dead = dict(own.dead().values_list("state").annotate(number=Count("pk")).order_by())
    return Outbox(
        waiting=own.waiting(now).count(),
        put_off=later["number"],
        failed=dead.get(DeliveryState.FAILED, 0),
        expired=dead.get(DeliveryState.EXPIRED, 0),
        next_try_at=later["first"],
        last_sent_at=sent.values_list("sent_at", flat=True).first(),
    )


class DeliveryRefusal(Refusal):
    """The delivery is not where the action can still help."""


def source_key_of(workspace: Workspace, kind: str, source: str) -> uuid.UUID:
    """Return the opaque key of what causes a notice: the same cause, the same key."""
    return uuid.uuid5(NAMESPACE, f"{workspace.pk}:{kind}:{source}")


@transaction.atomic
def notify(
    *,
    workspace: Workspace,
    recipients: Iterable[User],
    kind: str,
    source: str,
    subject: Subject | None = None,
    params: dict[str, Any] | None = None,
    url: str = "",
    by: User | None = None,
    ways: Collection[str] | None = None,
    due_at: datetime | None = None,
) -> list[Notification]:
    """Tell each of ``recipients`` once; the same ``source`` again tells nobody twice.

    ``source`` names the cause (``version:<uid>:asked``), ``subject`` the thing (``("version",
    uid)``) by which ``mark_answered`` finds the notice again, ``params`` are JSON values for the
    sentences of ``kind``, ``url`` is a path of this site. ``ways`` are codes of the ways by which
    it may go out too (None: all that carry this kind), at ``due_at`` (None: at once, by the
    database's clock); in the program it is seen at once. The workspace's webhooks are told once,
    however many people are. Returns the notices that are new. Nothing is sent before the caller's
    transaction has ended well.
    """
    people = {user.pk: user for user in recipients}.values()
    found = type_of(kind)
    preferences = preferences_of(people) if found.pace is not None else {}
    key = source_key_of(workspace, kind, source)
    told = set(
        Notification.objects.filter(source_key=key, recipient__in=people).values_list(
            "recipient_id", flat=True
        )
    )
    common: dict[str, Any] = {
        "workspace": workspace,
        "kind": kind,
        "source_key": key,
        **_subject_fields(subject),
        "params": params or {},
        "url": url,
        "by": by,
        "due_at": due_at,
    }
    notices = [
        Notification(
            **common,
            recipient=user,
            is_in_app=user.pk not in preferences or preferences[user.pk].is_in_app(found),
        )
        for user in people
        if user.pk not in told
    ]
    carrying = [way for way in WAYS if way.carries(found) and (ways is None or way.code in ways)]
    to_people = [way.code for way in carrying if not way.is_beside]
    written = _write(notices, ways=to_people, due_at=due_at, preferences=preferences)
    if written and any(way.code == WEBHOOK for way in carrying):
        _tell_webhooks(found, common)
    return written


def _tell_webhooks(kind: NotificationType, common: Mapping[str, Any]) -> None:
    """Write what goes to the workspace's webhooks that are sent this type."""
    endpoints = WebhookEndpoint.objects.for_workspace(common["workspace"]).on()
    notices = [
        Notification(**common, endpoint=endpoint, is_in_app=False)
        for endpoint in endpoints
        if kind.code in endpoint.kinds
    ]
    if notices:
        _write(notices, ways=[WEBHOOK], due_at=common["due_at"])


@transaction.atomic
def write_to(
    address: str,
    *,
    workspace: Workspace,
    kind: str,
    source: str,
    subject: Subject | None = None,
    params: dict[str, Any] | None = None,
    by: User | None = None,
) -> list[Notification]:
    """Send one email to somebody who may have no account."""
    key = source_key_of(workspace, kind, source)
    if Notification.objects.filter(source_key=key, address__iexact=address).exists():
        return []
    notice = Notification(
        workspace=workspace,
        address=address,
        kind=kind,
        source_key=key,
        **_subject_fields(subject),
        params=params or {},
        by=by,
    )
    return _write([notice], ways=[EMAIL])


def _subject_fields(subject: Subject | None) -> dict[str, Any]:
    kind, uid = subject or ("", None)
    return {"subject_kind": kind, "subject_uid": uid}


def _write(
    notices: list[Notification],
    *,
    ways: Collection[str],
    due_at: datetime | None = None,
    preferences: Mapping[int, Preferences] | None = None,
) -> list[Notification]:
    """Write the rows; of two transactions with the same cause the second one changes nothing."""
    Notification.objects.bulk_create(notices, ignore_conflicts=True)
    written = list(Notification.objects.filter(uid__in=[notice.uid for notice in notices]))
    deliveries = [
        delivery
        for notice in written
        for way in ways
        if (delivery := _delivery(notice, way, due_at, (preferences or {})))
    ]
    if deliveries:
        Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
        if due_at is None or due_at <= timezone.now():
            wake(TICK)
    return written


def _delivery(
    notice: Notification,
    way: str,
    due_at: datetime | None,
    preferences: Mapping[int, Preferences],
) -> Delivery | None:
    """Return the sending of a notice as the person wants it; None when it is not wanted."""
    delivery = Delivery(
        notification=notice,
        workspace_id=notice.workspace_id,
        source_key=notice.source_key,
        recipient_id=notice.recipient_id,
        address=notice.address,
        endpoint_id=notice.endpoint_id,
        way=way,
        due_at=due_at or Now(),  # the database's clock, which the worker asks too
        next_at=due_at or Now(),
    )
    chosen = preferences.get(notice.recipient_id or 0)
    if chosen is None:
        return delivery
    pace = chosen.pace_of(type_of(notice.kind), way)
    if pace == Pace.OFF:
        return None
    if pace == Pace.DIGEST:
        now = timezone.now()
        delivery.state = DeliveryState.HELD
        delivery.next_at = chosen.next_digest(min(due_at or now, now))
    return delivery


def mark_read(notification: Notification, *, now: datetime | None = None) -> None:
    """The person opened it; the first time counts."""
    Notification.objects.filter(pk=notification.pk, read_at__isnull=True).update(
        read_at=now or timezone.now()
    )


def mark_all_read(workspace: Workspace, *, by: User) -> int:
    """Mark everything that waits for ``by`` in this workspace; return how many."""
    return (
        Notification.objects.for_workspace(workspace).to(by).unread().update(read_at=timezone.now())
    )


def mark_answered(workspace: Workspace, *, kind: str, subject: Subject) -> int:
    """Mark as read, for everybody, what asks for something about ``subject`` that is answered now."""
    asking = Notification.objects.for_workspace(workspace).about(subject).filter(kind=kind)
    return asking.unread().update(read_at=timezone.now())


def cancel(*, workspace: Workspace, reason: str, **which: Any) -> int:
    """Call back what is not on its way yet; return how many. 0 means: already on its way."""
    return (
        Delivery.objects.for_workspace(workspace)
        .filter(state__in=OPEN_STATES, **which)
        .update(state=DeliveryState.CANCELLED, last_error=reason)
    )


@transaction.atomic
def retry_now(delivery: Delivery, *, by: User) -> None:
    """Put a failed delivery back into the queue, due at once."""
    if not Delivery.objects.filter(pk=delivery.pk, state__in=DEAD_STATES).update(
        state=DeliveryState.WAITING, due_at=Now(), next_at=Now(), attempts=0
    ):
        raise DeliveryRefusal(_("This is no longer among what failed."))
    _record(delivery, "retried", by=by)
    wake(TICK)


@transaction.atomic
def discard(delivery: Delivery, *, by: User) -> None:
    """Give up a failed delivery; it stays in the records as cancelled."""
    if not Delivery.objects.filter(pk=delivery.pk, state__in=DEAD_STATES).update(
        state=DeliveryState.CANCELLED
    ):
        raise DeliveryRefusal(_("This is no longer among what failed."))
    _record(delivery, "discarded", by=by)


def _record(delivery: Delivery, what: str, *, by: User) -> None:
    record(
        delivery.workspace,
        by=by,
        verb=f"notifications.{'webhook_' if delivery.endpoint_id else ''}{what}",
        subject=("delivery", str(delivery.uid)),
        label=delivery.to,
    )


@transaction.atomic
def save_settings(
    user: User,
    *,
    values: Mapping[str, Any],
    choices: Mapping[tuple[str, str], Pace],
    expected: int,
) -> None:
    """Write when ``user`` wants which notices; raise Conflict when it was saved after ``expected``.

    ``choices`` are by type and way; what waits for the daily email stays in it, and is looked at
    again before it goes out.
    """
    settings, _is_new = NoticeSettings.objects.get_or_create(user=user)
    claim_revision(settings, expected)
    for name, value in values.items():
        setattr(settings, name, value)
    settings.save(update_fields=list(values))
    for (kind, way), pace in choices.items():
        choose_pace(user, kind=kind, way=way, pace=pace)


def choose_pace(user: User, *, kind: str, way: str, pace: Pace) -> None:
    """Write when ``user`` wants notices of one type by one way."""
    NoticeChoice.objects.update_or_create(user=user, kind=kind, way=way, defaults={"pace": pace})
