"""When a reminder comes again: rules are expanded in local time, and only then put into UTC.

A rule says what a person means by the clock on the wall. “UTC plus 24 hours” would be an hour off
after each clock change. A time that comes twice (autumn) is the first of the two; one that the
clocks skip (spring) comes as much later as was skipped, nearly everywhere one hour.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _

from core.exceptions import Refusal

LONGEST = relativedelta(years=2)
STEPS_AT_MOST = 1_000

#: Part of a rule → what may stand in it. Whatever these allow comes at least every few years, so
#: expanding it ends soon; dateutil would search for 30 February until the year 9999.
PARTS = {
    "FREQ": re.compile(r"DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile(r"[1-9]\d?"),
    "COUNT": re.compile(r"[1-9]\d{0,2}|1000"),
    "UNTIL": re.compile(r"\d{8}T\d{6}"),
    "BYDAY": re.compile(r"(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU)){0,6}"),
    "BYMONTHDAY": re.compile(r"-1|28,29,30|28,29|[1-9]|1\d|2[0-8]"),
    "BYSETPOS": re.compile(r"-1"),
}


class RuleRefused(Refusal):
    """The rule says more than a reminder may."""


class Occurrence(NamedTuple):
    """One time on the wall, and the moment in UTC at which it comes."""

    wall: datetime
    at: datetime


def check_rule(rule: str) -> None:
    """Raise RuleRefused for what is not daily or rarer, or not written as the form writes it."""
    parts = [part.partition("=") for part in rule.split(";")]
    names = [name for name, _is, _value in parts]
    known = all(name in PARTS and PARTS[name].fullmatch(value) for name, _is, value in parts)
    values = {name: value for name, _is, value in parts}
    fits = (
        known
        and len(set(names)) == len(names)
        and "FREQ" in values
        and ("BYDAY" not in values or values["FREQ"] == "WEEKLY")
        and ("BYMONTHDAY" not in values or values["FREQ"] == "MONTHLY")
        and ("BYSETPOS" in values) == ("," in values.get("BYMONTHDAY", ""))
    )
    if not fits:
        raise RuleRefused(_("A reminder can come again daily, weekly, monthly or yearly."))


def monthly_rule(day: int) -> str:
    """Return the rule for a day of every month; in a shorter month it is the last day."""
    by = {29: "28,29;BYSETPOS=-1", 30: "28,29,30;BYSETPOS=-1", 31: "-1"}.get(day, f"{day}")
    return f"FREQ=MONTHLY;BYMONTHDAY={by}"


def walls(start: datetime, rule: str) -> Iterator[datetime]:
    """Yield the times on the wall from ``start`` on, for two years and 1,000 times at most.

    Without a rule it is ``start`` alone.
    """
    if not rule:
        yield start
        return
    check_rule(rule)
    end = start + LONGEST
    for wall in islice(rrulestr(rule, dtstart=start), STEPS_AT_MOST):
        if wall > end:
            return
        yield wall


def moment_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return when a time on the wall comes, in UTC.

    With fold=0 a time that comes twice is the first one, and a skipped one is read by the offset
    before the change: 02:30 comes at what the clocks then call 03:30.
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def is_skipped(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks leave this time out."""
    return moment_of(wall, zone).astimezone(zone).replace(tzinfo=None) != wall


def are_clocks_changed(zone: ZoneInfo, year: int) -> bool:
    """Whether a place has another time in summer than in winter."""
    months = (datetime(year, month, 1, tzinfo=zone) for month in range(1, 13))
    return len({month.utcoffset() for month in months}) > 1


def next_occurrence(
    start: datetime, rule: str, zone: ZoneInfo, *, after: datetime | None = None
) -> Occurrence | None:
    """Return the first occurrence whose time on the wall is later than ``after``, or None.

    ``after`` is a time on the wall too; without it the very first occurrence is returned.
    """
    for wall in walls(start, rule):
        if after is None or wall > after:
            return Occurrence(wall, moment_of(wall, zone))
    return None


def first_from(start: datetime, rule: str, zone: ZoneInfo, *, now: datetime) -> Occurrence | None:
    """Return the first occurrence that is not over at ``now`` (aware), or None.

    The minute that has just begun counts as not over.
    """
    for wall in walls(start, rule):
        at = moment_of(wall, zone)
        if at > now - timedelta(minutes=1):
            return Occurrence(wall, at)
    return None
