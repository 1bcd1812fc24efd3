"""Wall-clock times of a workspace and moments in UTC.

A post keeps the day and the time that people typed; the moment follows from the workspace's zone.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from core.exceptions import Refusal


class NoSuchTime(Refusal):
    """The clocks skip this time on this day; ``instead`` is an hour later, which exists."""

    def __init__(self, day: date, at: time, instead: time) -> None:
        self.day, self.at, self.instead = day, at, instead
        words = {"time": f"{at:%H:%M}", "instead": f"{instead:%H:%M}"}
        super().__init__(
            _(
                "There is no %(time)s on this day: the clocks go forward. Choose %(instead)s instead."
            )
            % words
        )


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment in UTC at which the clocks in ``zone`` show ``at`` on ``day``.

    A time that comes twice in autumn means the first one. Raises NoSuchTime for a time that the
    clocks skip in spring.
    """
    local = datetime.combine(day, at, tzinfo=zone)
    moment = local.astimezone(UTC)
    back = moment.astimezone(zone)
    if back.time() != at:
        raise NoSuchTime(day, at, back.time())
    return moment


def planned_moment(day: date | None, at: time | None, zone: ZoneInfo) -> datetime | None:
    """Return the moment of a day and a time where both are given. Raises NoSuchTime."""
    return moment_of(day, at, zone) if day and at else None
