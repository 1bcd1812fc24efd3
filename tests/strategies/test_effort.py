"""What the planned posts cost in work."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies.domain.cadence import WEEKS_A_MONTH
from strategies.domain.effort import effort
from tests.strategies.answers_of import changed, complete, copies, empty


def minutes(**plan: object) -> Decimal:
    return effort(changed(complete(), "post-kind", **plan)).minutes


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ({"format": "story", "highest": 4}, 60),
        ({"format": "text", "highest": 5}, 225),
        ({"format": "carousel", "highest": 1}, 120),
        ({"format": "short_video", "highest": 2}, 600),
        ({"format": "image", "highest": 2}, 60),
        ({"format": "text", "highest": 2, "period": "two_weeks"}, 45),
        ({"format": "text", "highest": None, "lowest": 2}, 90),
        ({"format": "text", "highest": None, "lowest": None}, 0),
        ({"format": "text", "highest": 0}, 0),
    ],
)
def test_effort_is_posts_times_minutes(plan: dict[str, object], expected: int) -> None:
    assert minutes(**plan) == expected


def test_effort_of_a_month_is_spread_over_its_weeks() -> None:
    assert minutes(format="text", highest=10, period="month") == 10 / WEEKS_A_MONTH * 45


def test_effort_takes_the_minutes_of_the_team() -> None:
    answers = changed(complete(), "content-plan", minutes_text=60)

    assert effort(answers).minutes == 300


def test_effort_with_emptied_minutes_counts_nothing() -> None:
    answers = changed(complete(), "content-plan", minutes_text=None)

    assert effort(answers).channels == ()


def test_effort_names_each_channel() -> None:
    assert [(one.channel, one.work) for one in effort(complete()).channels] == [
        ("Instagram: @fjordlys", "3 h 45 min")
    ]


def test_effort_without_hours_is_never_above() -> None:
    answers = changed(complete(), "ownership", hours_per_week=None)

    assert (effort(answers).hours, effort(answers).is_above) == ("", False)


def test_effort_of_nothing_is_nothing() -> None:
    work = effort(empty())

    assert work.minutes == 0
    assert work.work == "0 min"


def test_effort_with_no_hours_at_all_is_above() -> None:
    assert effort(changed(complete(), "ownership", hours_per_week=Decimal(0))).is_above


@given(st.integers(1, 40))
def test_effort_grows_with_the_channels(number: int) -> None:
    assert effort(copies(complete(), "post-kind", number)).minutes == 225 * number
