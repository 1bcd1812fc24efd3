"""Programs that look right and are not: with each of them one of the tests must fail."""

import time
import uuid
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from notifications import outbox
from notifications.enums import DeliveryState
from notifications.mail import EmailSender
from notifications.models import Delivery
from notifications.webhooks import WebhookRequest, WebhookSender
from reminders import scheduler
from reminders.models import Firing, Schedule
from reminders.recurrence import Occurrence, next_occurrence


def lease() -> None:
    """A claim without a lease: what a dead worker held is never found again."""
    outbox.LEASE = timedelta(days=365)


def message_id() -> None:
    """A new Message-ID at every try, so that nobody can tell a repeat."""
    compose = EmailSender.compose

    def compose_anew(self: EmailSender, delivery: Delivery) -> Any:
        message = compose(self, delivery)
        message.extra_headers["Message-ID"] = f"<{uuid.uuid4()}@example.org>"
        return message

    EmailSender.compose = compose_anew  # type: ignore[method-assign]


def webhook_id() -> None:
    """The same for the id of a webhook."""
    compose = WebhookSender.compose

    def compose_anew(self: WebhookSender, delivery: Delivery) -> WebhookRequest:
        request = compose(self, delivery)
        return replace(request, headers={**request.headers, "webhook-id": str(uuid.uuid4())})

    WebhookSender.compose = compose_anew  # type: ignore[method-assign]


def two_transactions() -> None:
    """A schedule is moved on in one transaction and its notice written in another."""

    def fire(schedule: Schedule, *, now: Any) -> str:
        occurrence = schedule.next
        if occurrence is None or not scheduler.move_on(schedule, occurrence):
            return "lost"
        on, at = occurrence.wall.date(), occurrence.wall.time()
        firing = Firing(
            schedule=schedule,
            workspace=schedule.workspace,
            kind=schedule.kind,
            occurs_on=on,
            occurs_time=at,
            due_at=occurrence.at,
            fired_at=now,
        )
        time.sleep(0.05)
        with transaction.atomic():
            scheduler._tell(schedule, firing)
            firing.save(force_insert=True)
        return firing.state

    scheduler.fire = fire


def broker() -> None:
    """What is to be sent lies in the broker, with a countdown."""

    def send_due(**_more: Any) -> Counter[str]:
        for delivery in outbox.claim_due():
            Delivery.objects.filter(pk=delivery.pk).update(
                lease_until=timezone.now() + timedelta(days=365)
            )
            send_one.apply_async((delivery.pk,), countdown=1)
        return Counter()

    from notifications import tasks

    setattr(tasks, "send_due", send_due)  # noqa: B010  # it is imported there


@shared_task(name="faults.send_one")
def send_one(pk: int) -> None:
    delivery = Delivery.objects.get(pk=pk, state=DeliveryState.SENDING)
    sender = EmailSender()
    sender.open()
    outbox.deliver(delivery, sender)
    sender.close()


def compare_and_swap() -> None:
    """Read, then write: nothing is compared, nothing is unique (the test drops the constraint)."""

    def move_on(schedule: Schedule, occurrence: Occurrence) -> bool:
        following = next_occurrence(
            occurrence.wall, schedule.rule, schedule.zone, after=occurrence.wall
        )
        time.sleep(0.015)
        Schedule.objects.filter(pk=schedule.pk).update(
            version=F("version") + 1, **scheduler.next_fields(following)
        )
        return True

    def fire(schedule: Schedule, *, now: Any) -> str:
        occurrence = schedule.next
        if occurrence is None or not move_on(schedule, occurrence):
            return "lost"
        firing = Firing(
            schedule=schedule,
            workspace=schedule.workspace,
            kind=schedule.kind,
            occurs_on=occurrence.wall.date(),
            occurs_time=occurrence.wall.time(),
            due_at=occurrence.at,
            fired_at=now,
        )
        scheduler._tell(schedule, firing)
        firing.save(force_insert=True)
        return firing.state

    scheduler.fire = fire


FAULTS = {
    "lease": lease,
    "message_id": message_id,
    "webhook_id": webhook_id,
    "two_transactions": two_transactions,
    "broker": broker,
    "compare_and_swap": compare_and_swap,
}


def apply(name: str) -> None:
    """Break this process in the way that ``name`` says; "" leaves it whole."""
    if name:
        FAULTS[name]()
