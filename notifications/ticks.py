"""When the work last ran: written by each tick itself, read by pages and by ``/healthz/ready``."""

from datetime import datetime, timedelta

from django.db.models.functions import Now

from notifications.models import Tick

DELIVERIES = "deliveries"
REMINDERS = "reminders"
#: All parts of the work; each has a tick of its own.
PARTS = (DELIVERIES, REMINDERS)


def record_tick(part: str) -> None:
    """Write that a part of the work is going on now, by the database's clock."""
    if not Tick.objects.filter(part=part).update(ticked_at=Now()):
        Tick.objects.bulk_create([Tick(part=part, ticked_at=Now())], ignore_conflicts=True)


def last_tick() -> datetime | None:
    """Return when all parts had run last; None where one has never run."""
    ticks = dict(Tick.objects.filter(part__in=PARTS).values_list("part", "ticked_at"))
    return min(ticks.values()) if len(ticks) == len(PARTS) else None


def has_ticked_within(span: timedelta) -> bool:
    """Whether all parts have run within ``span``, by the database's clock; one query."""
    fresh = Tick.objects.filter(part__in=PARTS, ticked_at__gt=Now() - span)
    return fresh.count() == len(PARTS)
