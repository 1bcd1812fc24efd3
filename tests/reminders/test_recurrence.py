"""Local time, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.time_zones import time_zone_choices
from reminders.recurrence import (
    STEPS_AT_MOST,
    RuleRefused,
    check_rule,
    first_from,
    is_skipped,
    moment_of,
    monthly_rule,
    next_occurrence,
    walls,
)

NEW_YORK, OSLO = ZoneInfo("America/New_York"), ZoneInfo("Europe/Oslo")
DAILY = "FREQ=DAILY"
ZONES = [zone for _region, zones in time_zone_choices() for zone, _place in zones]


def moments(start: str, rule: str, zone: ZoneInfo, days: int) -> list[str]:
    """The first moments in UTC, up to so many days after the start."""
    begin = datetime.fromisoformat(start)
    end = begin + timedelta(days=days)
    return [
        moment_of(wall, zone).isoformat(timespec="minutes")[:16]
        for wall in walls(begin, rule)
        if wall <= end
    ]


def test_daily_nine_in_new_york_moves_in_utc_when_the_clocks_change() -> None:
    assert moments("2027-03-13T09:00", DAILY, NEW_YORK, 1) == [
        "2027-03-13T14:00",
        "2027-03-14T13:00",
    ]


def test_time_that_comes_twice_is_the_first_one_and_comes_once() -> None:
    assert moments("2027-10-30T02:30", DAILY, OSLO, 2) == [
        "2027-10-30T00:30",
        "2027-10-31T00:30",
        "2027-11-01T01:30",
    ]


def test_skipped_time_comes_one_hour_later() -> None:
    wall = datetime(2027, 3, 28, 2, 30)  # noqa: DTZ001  # a time on the wall

    assert is_skipped(wall, OSLO)
    assert moment_of(wall, OSLO).astimezone(OSLO).isoformat() == "2027-03-28T03:30:00+02:00"
    assert not is_skipped(wall + timedelta(days=1), OSLO)


@settings(max_examples=150, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    first=st.dates(date(2025, 1, 1), date(2027, 6, 30)),
    minutes=st.integers(0, 24 * 60 - 1),
)
def test_daily_comes_once_a_local_day_at_its_time_in_every_zone(
    zone: str, first: date, minutes: int
) -> None:
    info = ZoneInfo(zone)
    start = datetime.combine(first, datetime.min.time()) + timedelta(minutes=minutes)
    found = [wall for wall in walls(start, DAILY) if wall < start + timedelta(days=200)]

    assert [wall.date() for wall in found] == [first + timedelta(days=n) for n in range(200)]
    at = [moment_of(wall, info) for wall in found]
    assert at == sorted(set(at))
    for wall, moment in zip(found, at, strict=True):
        local = moment.astimezone(info).replace(tzinfo=None)
        assert local == wall or (
            is_skipped(wall, info) and wall < local <= wall + timedelta(hours=2)
        )


@settings(max_examples=100, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    rule=st.sampled_from(["FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=WEEKLY;INTERVAL=2", monthly_rule(31)]),
    first=st.dates(date(2025, 1, 1), date(2027, 6, 30)),
    hour=st.integers(0, 23),
)
def test_next_is_always_later_and_leaves_none_out(
    zone: str, rule: str, first: date, hour: int
) -> None:
    info = ZoneInfo(zone)
    start = datetime.combine(first, datetime.min.time()) + timedelta(hours=hour)
    stepped: list[datetime] = []
    found = next_occurrence(start, rule, info)
    while found is not None and len(stepped) < 20:
        stepped.append(found.wall)
        found = next_occurrence(start, rule, info, after=found.wall)

    assert stepped == list(walls(start, rule))[:20]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (31, ["01-31", "02-28", "03-31", "04-30"]),
        (30, ["01-30", "02-28", "03-30", "04-30"]),
        (29, ["01-29", "02-28", "03-29", "04-29"]),
        (15, ["01-15", "02-15", "03-15", "04-15"]),
    ],
)
def test_monthly_comes_every_month_on_its_day_or_the_last(day: int, found: list[str]) -> None:
    start = datetime(2027, 1, day, 9)  # noqa: DTZ001

    assert [f"{wall:%m-%d}" for wall in walls(start, monthly_rule(day))][:4] == found


def test_rule_ends_after_two_years() -> None:
    start = datetime(2027, 1, 1, 9)  # noqa: DTZ001
    found = list(walls(start, DAILY))

    assert found[-1] == datetime(2029, 1, 1, 9)  # noqa: DTZ001
    assert len(found) <= STEPS_AT_MOST
    assert next_occurrence(start, DAILY, OSLO, after=found[-1]) is None


def test_without_a_rule_it_comes_once() -> None:
    start = datetime(2027, 1, 1, 9)  # noqa: DTZ001

    assert list(walls(start, "")) == [start]
    assert next_occurrence(start, "", OSLO, after=start) is None


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY",
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYHOUR=1,2,3",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=5000",
        "FREQ=DAILY;FREQ=DAILY",
        "INTERVAL=2",
        "DTSTART:20270101T090000",
        "FREQ=DAILY\nFREQ=DAILY",
        "FREQ=MONTHLY;BYMONTHDAY=28,29",
        "",
    ],
)
def test_what_a_reminder_may_not_say_is_refused(rule: str) -> None:
    with pytest.raises(RuleRefused):
        check_rule(rule)


@pytest.mark.parametrize(
    ("now", "wall"),
    [
        ("2027-01-01T07:00", "2027-01-01T09:00"),
        ("2027-01-01T08:00:30", "2027-01-01T09:00"),  # this very minute, 09:00 in Oslo
        ("2027-01-01T08:01", "2027-01-02T09:00"),
        ("2027-05-01T12:00", "2027-05-02T09:00"),
    ],
)
def test_first_that_is_not_over(now: str, wall: str) -> None:
    start = datetime(2027, 1, 1, 9)  # noqa: DTZ001
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)

    found = first_from(start, DAILY, OSLO, now=moment)

    assert found is not None
    assert found.wall == datetime.fromisoformat(wall)
