"""The claim loop: take what is due, send it, say what became of it.

The database is the queue. A worker takes a delivery by a lease; one that dies leaves a lease
that runs out, and the next claim finds it: the claim is the reaper. Time is the database's own,
because workers' clocks differ; tests pass a ``now``. Nothing is sent inside a transaction.
"""

import logging
import random
import time
import uuid
from collections import Counter, deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection as database
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from core.database_clock import database_now
from core.wake import wake
from notifications.digest import make_digests
from notifications.enums import DeliveryState, OffReason, Outcome, Pace
from notifications.flights import Flights
from notifications.models import Attempt, Delivery, DeliveryQuerySet
from notifications.models_webhooks import WebhookEndpoint
from notifications.notification_types import NOTIFICATION_TYPES, NotificationType, type_of
from notifications.preferences import Preferences, preferences_of
from notifications.services import TICK, notify
from notifications.services_webhooks import switch_off, tell_admins
from notifications.ticks import DELIVERIES, record_tick
from notifications.ways import LONGEST_DETAIL, WAYS, Sender, SendResult
from notifications.webhooks import told_with
from workspaces.models import Membership, Workspace
from workspaces.permissions import Permission

logger = logging.getLogger(__name__)

BATCH = 20
#: At least twice the longest send (``ways.LONGEST_SEND``); renewed before each. What a dead worker
#: held is found again within a minute: when the lease is over, at the next tick.
LEASE = timedelta(seconds=45)
#: After the n-th try that was told to come later; then the delivery has failed (after 22 hours).
RETRY_AFTER = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720)]
#: Nobody lets us in: what else goes by the same way is put back this long.
PUT_BACK = timedelta(seconds=30)
#: Seconds after which who waits for an answer looks for other work.
LOOK_UP = 0.25
#: What a webhook says that wants no more.
GONE = "410"
#: A tick ends after this many seconds; the next one goes on.
TICK_SECONDS = 20.0

_STATE_AFTER = {
    Outcome.SENT: DeliveryState.SENT,
    Outcome.LATER: DeliveryState.RETRYING,
    Outcome.REFUSED: DeliveryState.FAILED,
    Outcome.CANCELLED: DeliveryState.CANCELLED,
    Outcome.EXPIRED: DeliveryState.EXPIRED,
}


def send_due(*, seconds: float = TICK_SECONDS, now: datetime | None = None) -> Counter[str]:
    """Send what is due until nothing is, or ``seconds`` are over; count what became of it."""
    tally: Counter[str] = Counter()
    end = time.monotonic() + seconds
    has_called = False
    record_tick(DELIVERIES)
    make_digests(now=now)
    beside = Beside(now=now)
    try:
        while time.monotonic() < end:
            tally.update(beside.land())
            batch = claim_due(now=now, busy=beside.busy)
            if len(batch) == BATCH and not has_called:
                wake(TICK)  # another worker, while there is more than one batch
                has_called = True
            if batch:
                tally.update(_send_batch(batch, beside, end=end, now=now))
                record_tick(DELIVERIES)
            elif beside.busy:
                tally.update(beside.land(seconds=LOOK_UP))
            else:
                break
        while beside.busy:
            tally.update(beside.land(seconds=LOOK_UP, is_last=True))
    finally:
        beside.close()
    return +tally


def send_now(delivery: Delivery) -> None:
    """Send one delivery that the caller has claimed, and wait for the answer."""
    sender = WAYS[delivery.way].sender()
    try:
        deliver(delivery, sender, closed=sender.open())
    finally:
        sender.close()


class Beside:
    """What is sent beside other things: one at a time for each webhook, many webhooks at once."""

    def __init__(self, *, now: datetime | None) -> None:
        self.now = now
        self.flights: Flights[tuple[Prepared, Sender]] = Flights()
        self.lines: dict[int, deque[tuple[Delivery, Sender]]] = {}

    @property
    def busy(self) -> set[int]:
        """The webhooks that are being asked."""
        return self.flights.busy

    def add(self, batch: list[Delivery], sender: Sender) -> Counter[str]:
        """Put them into the line of their webhook, and begin where none is on its way."""
        tally: Counter[str] = Counter()
        for delivery in batch:
            line = self.lines.setdefault(delivery.endpoint_id or 0, deque())
            line.append((delivery, sender))
        for receiver in {delivery.endpoint_id or 0 for delivery in batch} - self.busy:
            tally.update(self._begin_next(receiver))
        return tally

    def land(self, *, seconds: float = 0.0, is_last: bool = False) -> Counter[str]:
        """Write down what has come back and begin what waits for it; not when it ``is_last``.

        Where nobody answered, nobody will the next moment: what else waits there is put back.
        """
        tally: Counter[str] = Counter()
        if not self.flights:
            return tally
        for receiver, (prepared, _sender), answer in self.flights.landed(seconds=seconds):
            finish(prepared.attempt, answer, now=self.now)
            tally[answer.outcome.value] += 1
            is_silent = answer.outcome == Outcome.LATER and not answer.code
            if is_last or is_silent:
                rest = [delivery for delivery, _by in self.lines.pop(receiver, ())]
                tally["put back"] += put_back(rest, now=self.now)
            else:
                tally.update(self._begin_next(receiver))
        return tally

    def close(self) -> None:
        self.flights.close()

    def _begin_next(self, receiver: int) -> Counter[str]:
        """Begin the first in the line that is still to be sent."""
        tally: Counter[str] = Counter()
        line = self.lines.get(receiver, deque())
        while line:
            delivery, sender = line.popleft()
            prepared = prepare(delivery, sender, now=self.now)
            if isinstance(prepared, str):
                tally[prepared] += 1
            elif prepared.answer is not None:
                finish(prepared.attempt, prepared.answer, now=self.now)
                tally[prepared.answer.outcome.value] += 1
            else:
                send = partial(sender.send, prepared.message)
                self.flights.send(receiver, (prepared, sender), send)
                break
        return tally


def claim_due(
    *, limit: int = BATCH, now: datetime | None = None, busy: Collection[int] = ()
) -> list[Delivery]:
    """Take up to ``limit`` due deliveries, oldest first, each workspace its share.

    What goes to a webhook that is ``busy`` (primary keys) is left where it is.

    On PostgreSQL rows that another worker is taking are skipped; on both databases the UPDATE
    names what was read, so that of two workers one has the row.
    """
    moment: Any = now or Now()
    due = Delivery.objects.claimable(moment)
    if busy:
        due = due.exclude(endpoint__in=busy)
    waiting = _workspaces_of(due)[:limit]
    if not waiting:
        return []
    token = uuid.uuid4()
    with transaction.atomic():
        found: list[int] = []
        for workspace_id in waiting:
            share = due.filter(workspace=workspace_id).order_by("next_at", "pk")
            if database.features.has_select_for_update_skip_locked:
                share = share.select_for_update(skip_locked=True)
            found += share.values_list("pk", flat=True)[: max(1, limit // len(waiting))]
        Delivery.objects.claimable(moment).filter(pk__in=found).update(
            state=DeliveryState.SENDING, lease_token=token, lease_until=moment + LEASE
        )
    return _whole(Delivery.objects.held_by(token), found)


def _workspaces_of(due: DeliveryQuerySet) -> list[int]:
    """Return the workspaces that have some, the one that waits longest first.

    The index gives the first of each; however many wait, the others are not looked at.
    """
    own = due.filter(workspace=OuterRef("pk")).order_by("next_at", "pk")
    workspaces = Workspace.objects.annotate(first=Subquery(own.values("next_at")[:1]))
    return list(
        workspaces.filter(first__isnull=False).order_by("first", "pk").values_list("pk", flat=True)
    )


def _whole(held: DeliveryQuerySet, order: list[int]) -> list[Delivery]:
    """Return those of ``order`` that are held, with all that their messages are written from."""
    found = held.select_related(
        "notification__workspace", "notification__by", "recipient", "endpoint__workspace"
    ).in_bulk(order)
    tries = Counter(Attempt.objects.filter(delivery__in=order).values_list("delivery", flat=True))
    for delivery in found.values():
        delivery.tries_begun = tries[delivery.pk]
    return [found[pk] for pk in order if pk in found]


def _send_batch(
    batch: list[Delivery], beside: Beside, *, end: float, now: datetime | None
) -> Counter[str]:
    """Begin with what is sent beside the rest."""
    tally: Counter[str] = Counter()
    codes = dict.fromkeys(delivery.way for delivery in batch)
    for code in sorted(codes, key=lambda code: not (code in WAYS and WAYS[code].is_beside)):
        mine = [one for one in batch if one.way == code]
        if code in WAYS and WAYS[code].is_beside:
            tally.update(beside.add(mine, WAYS[code].sender()))
        else:
            tally.update(_send_by(code, mine, end=end, now=now))
    return tally


def _send_by(code: str, batch: list[Delivery], *, end: float, now: datetime | None) -> Counter[str]:
    """Send what goes by one way; when it is closed, the others are not held up.

    What is not begun at ``end`` (monotonic) is given back: a receiver that takes its time holds up
    neither the next tick nor the leases of a whole batch.
    """
    tally: Counter[str] = Counter()
    way = WAYS.get(code)
    if way is None:
        tally.update(_refuse(delivery, now=now) for delivery in batch)
        return tally
    sender = way.sender()
    try:
        for number, delivery in enumerate(batch):
            if number and time.monotonic() > end:
                tally["put back"] += put_back(batch[number:], now=now, until=now or Now())
                break
            closed = sender.open()
            outcome = deliver(delivery, sender, closed=closed, now=now)
            tally[outcome] += 1
            if closed:
                tally["put back"] += put_back(batch[number + 1 :], now=now)
                break
    finally:
        sender.close()
    return tally


def _refuse(delivery: Delivery, *, now: datetime | None) -> str:
    """Give up, where it is seen, what no app can send any more."""
    attempt = begin(delivery, now=now)
    if attempt is None:
        return "lost"
    detail = _("Nothing can send by “%(way)s” here any more.") % {"way": delivery.way}
    finish(attempt, SendResult(Outcome.REFUSED, detail=detail), now=now)
    return Outcome.REFUSED.value


@dataclass(frozen=True)
class Prepared:
    """A try that has begun, and what is to be sent; or what became of it without that."""

    attempt: Attempt
    message: Any = None
    answer: SendResult | None = None


def deliver(
    delivery: Delivery,
    sender: Sender,
    *,
    closed: SendResult | None = None,
    now: datetime | None = None,
) -> str:
    """Try one claimed delivery: begin, look again, send, finish. Returns how it ended."""
    prepared = prepare(delivery, sender, closed=closed, now=now)
    if isinstance(prepared, str):
        return prepared
    answer = prepared.answer or sender.send(prepared.message)
    finish(prepared.attempt, answer, now=now)
    return answer.outcome.value


def prepare(
    delivery: Delivery,
    sender: Sender,
    *,
    closed: SendResult | None = None,
    now: datetime | None = None,
) -> Prepared | str:
    """Begin a try and look again; returns how it ended where it does not even begin."""
    wishes = preferences_of([delivery.recipient]) if delivery.recipient else {}
    preferences = wishes.get(delivery.recipient_id or 0)
    quiet_end = quiet_until(delivery, preferences, now=now)
    if quiet_end is not None:
        return "put off" if put_back([delivery], now=now, until=quiet_end) else "lost"
    attempt = begin(delivery, now=now)
    if attempt is None:
        return "lost"
    reason = why_not(delivery, preferences)
    if reason:
        return Prepared(attempt, answer=SendResult(Outcome.CANCELLED, detail=reason))
    if closed:
        return Prepared(attempt, answer=closed)
    message, answer = _written(delivery, sender)
    return Prepared(attempt, message, answer)


def _written(delivery: Delivery, sender: Sender) -> tuple[Any, SendResult | None]:
    """Return the message, or why there is none."""
    try:
        kind = type_of(delivery.notification.kind)
        reason = _no_longer_wanted(delivery, kind)
        if reason:
            return None, SendResult(Outcome.CANCELLED, detail=str(reason))
        if kind.expires_after and _lateness(delivery) > kind.expires_after:
            return None, SendResult(Outcome.EXPIRED, detail=_("It was too late to be of use."))
        return sender.compose(delivery), None
    except Exception as error:
        # The outermost door: a message that cannot be written must not hold up the others, and
        # must be seen.
        logger.exception("delivery %s cannot be written", delivery.uid)
        detail = _("It could not be written: %s") % repr(error)
        return None, SendResult(Outcome.REFUSED, detail=detail)


def _no_longer_wanted(delivery: Delivery, kind: NotificationType) -> "str | Promise":
    """Ask the kind once more; a webhook is told as long as one of the people is to be told."""
    if delivery.endpoint_id is None:
        return kind.recheck(delivery.notification)
    reason: str | Promise = ""
    for notice in told_with(delivery.notification):
        reason = kind.recheck(notice)
        if not reason:
            return ""
    return reason


def _lateness(delivery: Delivery) -> timedelta:
    """How long ago the delivery was due when this try began."""
    return (delivery.tried_at or delivery.due_at) - delivery.due_at


@transaction.atomic
def begin(delivery: Delivery, *, now: datetime | None = None) -> Attempt | None:
    """Renew the lease and write down that a try begins; None when somebody else has it now.

    Who is to be told is read again; what it says stays as it was claimed.
    """
    moment: Any = now or Now()
    held = Delivery.objects.held_by(delivery.lease_token).filter(pk=delivery.pk)
    if not held.update(lease_until=moment + LEASE, attempts=F("attempts") + 1):
        return None
    delivery.attempts += 1
    delivery.tries_begun += 1
    delivery.tried_at = now or database_now()
    if delivery.recipient_id:
        workspace = delivery.notification.workspace
        members = Membership.objects.for_workspace(workspace).active().filter(user=OuterRef("pk"))
        person = User.objects.annotate(is_member=Exists(members)).get(pk=delivery.recipient_id)
        delivery.recipient, delivery.is_to_member = person, person.is_member
    if delivery.endpoint_id:
        endpoints = WebhookEndpoint.objects.select_related("workspace")
        delivery.endpoint = endpoints.get(pk=delivery.endpoint_id)
    return Attempt.objects.create(
        delivery=delivery, number=delivery.tries_begun, started_at=delivery.tried_at
    )


def why_not(delivery: Delivery, preferences: Preferences | None) -> str:
    """Say why this person, whom ``begin`` has read again, must not be told any more, or ""."""
    kind = NOTIFICATION_TYPES.get(delivery.notification.kind)
    if delivery.endpoint:
        is_test = kind is not None and kind.is_tried_once
        return "" if is_test else _why_not_webhook(delivery.endpoint)
    recipient = delivery.recipient
    if recipient is None:
        return ""
    if not recipient.is_active:
        return _("This person’s account is closed.")
    is_personal = kind is not None and kind.is_personal
    if not is_personal and not delivery.is_to_member:
        return _("This person is no longer a member.")
    if kind is None or kind.pace is None or preferences is None:
        return ""
    if preferences.pace_of(kind, delivery.way) == Pace.OFF:
        return _("This person does not want these emails.")
    if preferences.is_paused(delivery.tried_at or timezone.now()):
        return _("This person has paused these emails.")
    return ""


def _why_not_webhook(endpoint: WebhookEndpoint) -> str:
    if endpoint.removed_at is not None:
        return _("The webhook was removed.")
    return "" if endpoint.is_on else _("The webhook is switched off.")


def quiet_until(
    delivery: Delivery, preferences: Preferences | None, *, now: datetime | None = None
) -> datetime | None:
    """Return when the person's quiet hours end, if they hold this delivery up; else None."""
    kind = NOTIFICATION_TYPES.get(delivery.notification.kind)
    if preferences is None or preferences.settings.quiet_from is None:
        return None
    if kind is not None and kind.breaks_quiet:
        return None
    return preferences.quiet_end(now or database_now())


@transaction.atomic
def finish(attempt: Attempt, answer: SendResult, *, now: datetime | None = None) -> bool:
    """Write down what became of it; False when the lease had been lost to another worker."""
    moment: Any = now or Now()
    delivery = attempt.delivery
    state = _STATE_AFTER[answer.outcome]
    pauses = _pauses(delivery.way)
    if state == DeliveryState.RETRYING and delivery.attempts > len(pauses):
        state = DeliveryState.FAILED
    kind = NOTIFICATION_TYPES.get(delivery.notification.kind)
    if kind is not None and kind.is_tried_once and state != DeliveryState.SENT:
        state = DeliveryState.CANCELLED
    Attempt.objects.filter(pk=attempt.pk).update(
        ended_at=moment, outcome=answer.outcome, code=answer.code, detail=answer.detail
    )
    changes: dict[str, Any] = {
        "state": state,
        "lease_token": None,
        "lease_until": None,
        "last_error": f"{answer.code} {answer.detail}".strip()[:LONGEST_DETAIL],
    }
    if state == DeliveryState.SENT:
        changes["sent_at"] = moment
    if state == DeliveryState.RETRYING:
        pause = pauses[delivery.attempts - 1] * random.uniform(1, 1.2)  # noqa: S311  # spreads load
        changes["next_at"] = moment + max(pause, answer.again_after or timedelta())
    held = Delivery.objects.held_by(delivery.lease_token).filter(pk=delivery.pk).update(**changes)
    if held and delivery.endpoint:
        _settle_webhook(delivery.endpoint, answer, state)
    elif held and state == DeliveryState.FAILED:
        _tell_admins(delivery)
    return bool(held)


def _pauses(code: str) -> Sequence[timedelta]:
    way = WAYS.get(code)
    return (way.pauses if way else ()) or RETRY_AFTER


def _settle_webhook(endpoint: WebhookEndpoint, answer: SendResult, state: DeliveryState) -> None:
    """Switch a webhook off that is gone, and tell those who can mend what failed."""
    is_gone = answer.code == GONE
    if is_gone and switch_off(endpoint, by=None, reason=OffReason.GONE):
        tell_admins(endpoint, is_gone=True)
    elif state == DeliveryState.FAILED and not is_gone:
        tell_admins(endpoint, is_gone=False)


def put_back(batch: list[Delivery], *, now: datetime | None = None, until: Any = None) -> int:
    """Give back what was claimed and not tried, for a short time or ``until`` then."""
    moment: Any = now or Now()
    return sum(
        Delivery.objects.held_by(delivery.lease_token)
        .filter(pk=delivery.pk)
        .update(
            state=DeliveryState.WAITING,
            lease_token=None,
            lease_until=None,
            next_at=until or moment + PUT_BACK,
        )
        for delivery in batch
    )


def _tell_admins(delivery: Delivery) -> None:
    """An email that failed is told in the program to those who can mend it."""
    workspace = delivery.notification.workspace
    admins = Membership.objects.for_workspace(workspace).active().who_can(Permission.EDIT_SETTINGS)
    notify(
        workspace=workspace,
        recipients=[member.user for member in admins.select_related("user")],
        kind="notifications.delivery_failed",
        source=f"delivery:{delivery.uid}:failed:{timezone.now().isoformat()}",
        subject=("delivery", delivery.uid),
        params={"to": delivery.to},
        url=f"{reverse('operations:status', args=[workspace.slug])}#failed",
    )
