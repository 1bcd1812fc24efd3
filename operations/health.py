"""Whether the work goes on: read by the status page, by every page and by ``/healthz/ready``."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min

from core.database_clock import database_now
from notifications.models import Delivery
from notifications.ticks import has_ticked_within, last_tick
from reminders.models import Schedule
from workspaces.models import Workspace

#: Longer ago than this the last tick means that something is wrong.
TICK_AT_MOST = timedelta(seconds=30)
#: What is overdue longer than this means that the work does not keep up.
OVERDUE_AT_MOST = timedelta(seconds=120)
#: Pages tell of it after this long, so that everybody concerned knows within two minutes.
STOPPED_AFTER = timedelta(seconds=90)


@dataclass(frozen=True)
class Health:
    """How the work stands at ``now``, by the database's clock."""

    now: datetime
    ticked_at: datetime | None
    overdue_since: datetime | None

    @property
    def tick_age(self) -> timedelta | None:
        """How long ago the last tick was; None where there was none yet."""
        return max(self.now - self.ticked_at, timedelta()) if self.ticked_at else None

    @property
    def overdue(self) -> timedelta:
        """How long the oldest thing that is due has waited."""
        return (
            max(self.now - self.overdue_since, timedelta()) if self.overdue_since else timedelta()
        )

    @property
    def is_working(self) -> bool:
        """Whether a worker runs."""
        return self.tick_age is not None and self.tick_age <= STOPPED_AFTER

    @property
    def is_late(self) -> bool:
        """Whether something has waited too long."""
        return self.overdue > OVERDUE_AT_MOST

    @property
    def is_ready(self) -> bool:
        return self.tick_age is not None and self.tick_age <= TICK_AT_MOST and not self.is_late


def health_of(workspace: Workspace | None = None) -> Health:
    """Read how the work stands, for one workspace or for all of them."""
    deliveries, schedules = Delivery.objects.all(), Schedule.objects.all()
    if workspace is not None:
        deliveries = deliveries.for_workspace(workspace)
        schedules = schedules.for_workspace(workspace)
    now = database_now()
    waiting = [
        deliveries.overdue_since(now),
        schedules.due(now).aggregate(since=Min("next_at"))["since"],
    ]
    return Health(
        now=now,
        ticked_at=last_tick(),
        overdue_since=min((since for since in waiting if since), default=None),
    )


def has_stopped() -> bool:
    """Whether no worker has run for so long that it is told; one query, of two rows."""
    return not has_ticked_within(STOPPED_AFTER)
