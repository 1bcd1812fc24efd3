"""Posts per week of each channel against the sum of its kinds of post."""

from datetime import date

import pytest

from content_calendar.balance.days import Days, days_needed, week_number, weeks_of
from content_calendar.balance.posts import CountedPost
from content_calendar.balance.sentences import plan_words, state_words
from content_calendar.balance.weeks import PostsInWeek, WeekState
from tests.content_calendar.balance_world import DAY, TODAY, balance, kind, post, strategy

MONDAY = date(2026, 11, 23)  # of the running week, 48
BEFORE = MONDAY - 7 * DAY


def row(posts: list[CountedPost], *strategies: object, **more: object) -> list[PostsInWeek]:
    found = balance(posts, *strategies, **more)  # type: ignore[arg-type]
    return list(next(one for one in found.channels if one.channel == "insta").weeks)


def in_week(weeks: list[PostsInWeek], monday: date) -> PostsInWeek:
    return next(one for one in weeks if one.week.first == monday)


def posts_on(first: date, number: int) -> list[CountedPost]:
    return [post(first + place * DAY) for place in range(number)]


@pytest.mark.parametrize(
    ("number", "state"),
    [
        (1, WeekState.BELOW),
        (2, WeekState.RIGHT),
        (3, WeekState.RIGHT),
        (4, WeekState.ABOVE),
    ],
)
def test_week_that_ended_is_too_few_right_or_too_many(number: int, state: WeekState) -> None:
    weeks = row(posts_on(BEFORE, number), strategy(kind(lowest=2, highest=3)))

    assert in_week(weeks, BEFORE).state is state


def test_running_week_has_some_to_go_and_is_not_too_few() -> None:
    weeks = row(posts_on(MONDAY, 1), strategy(kind(lowest=3, highest=3)))
    running = in_week(weeks, MONDAY)

    assert (running.state, running.to_go) == (WeekState.TO_GO, 2)
    assert state_words(running) == "2 to go"


def test_week_ends_with_its_last_day() -> None:
    plan = strategy(kind(lowest=1))

    on_sunday = row([], plan, today=MONDAY + 6 * DAY)
    on_monday = row([], plan, today=MONDAY + 7 * DAY)
    assert in_week(on_sunday, MONDAY).state is WeekState.TO_GO
    assert in_week(on_monday, MONDAY).state is WeekState.BELOW


def test_kinds_of_a_channel_are_added_up() -> None:
    plan = strategy(kind(lowest=2, highest=2), kind(uid="b", lowest=1, highest=3))

    assert in_week(row([], plan), MONDAY).range == "3–5"


def test_week_starts_where_the_workspace_says() -> None:
    sunday = MONDAY - DAY
    weeks = row([post(sunday)], strategy(kind(lowest=1)), week_start=6)

    assert in_week(weeks, sunday).posts == 1
    assert week_number(in_week(weeks, sunday).week) == 48


def test_two_weeks_are_compared_over_both() -> None:
    """The strategy begins in week 47, so that weeks 47 and 48 belong together."""
    plan = strategy(kind(lowest=2, highest=2, period="two_weeks"), starts_on=BEFORE)
    weeks = row(posts_on(BEFORE, 2), plan)

    for monday in (BEFORE, MONDAY):
        one = in_week(weeks, monday)
        assert one.span == Days(BEFORE, MONDAY + 6 * DAY)
        assert (one.in_span, one.state) == (2, WeekState.RIGHT)
    assert plan_words(one) == "2 in two weeks"
    assert state_words(one) == "right, 2 in two weeks"
    assert in_week(weeks, MONDAY + 7 * DAY).state is WeekState.TO_GO


def test_month_is_compared_over_the_month_of_the_middle_of_the_week() -> None:
    plan = strategy(kind(lowest=1, highest=1, period="month"))
    weeks = row(posts_on(date(2026, 11, 3), 1), plan)

    assert {one.state for one in weeks if one.week.middle.month == 11} == {WeekState.RIGHT}
    assert in_week(weeks, date(2026, 10, 26)).span.first == date(2026, 10, 1)
    assert in_week(weeks, date(2026, 10, 26)).state is WeekState.BELOW
    assert in_week(weeks, date(2026, 11, 30)).state is WeekState.TO_GO


def test_week_in_which_a_strategy_begins_asks_for_its_part() -> None:
    begins = strategy(kind(lowest=7, highest=7), starts_on=BEFORE + 4 * DAY)
    weeks = row(posts_on(BEFORE, 7), begins)
    week = in_week(weeks, BEFORE)

    assert (week.posts, week.in_span) == (7, 3)
    assert (week.lowest, week.highest, week.state) == (3, 3, WeekState.RIGHT)


def test_plan_of_a_week_is_what_the_strategy_says_also_where_it_begins_in_it() -> None:
    begins = strategy(kind(lowest=0, highest=7), starts_on=BEFORE + DAY)
    week = in_week(row([], begins), BEFORE)

    assert (week.lowest, week.highest) == (0, 6)
    assert plan_words(week) == plan_words(in_week(row([], begins), MONDAY)) == "0–7"
    assert state_words(week) == "right for 6 of 7 days"
    assert "days" not in state_words(in_week(row([], begins), MONDAY))


def test_week_of_two_strategies_asks_for_a_part_of_each() -> None:
    old = strategy(kind(lowest=7, highest=7), ends_on=BEFORE + 2 * DAY)
    new = strategy(kind(lowest=14, highest=14), starts_on=BEFORE + 3 * DAY)
    week = in_week(row([], old, new), BEFORE)

    assert (week.lowest, week.highest) == (3 + 8, 3 + 8)


@pytest.mark.parametrize("plan", [None, strategy(kind("face", lowest=2))])
def test_channel_without_plan_is_counted_and_not_judged(plan: object) -> None:
    weeks = row(posts_on(MONDAY, 2), *([plan] if plan else []))
    running = in_week(weeks, MONDAY)

    assert (running.posts, running.state) == (2, WeekState.NOT_PLANNED)
    assert state_words(running) == ""


def test_channels_stand_as_the_strategy_has_them_and_others_after() -> None:
    plan = strategy(kind("linked", lowest=1), kind("face", lowest=1))

    found = balance([post(TODAY, "promotional", "insta")], plan)

    assert [one.channel for one in found.channels] == ["linked", "face", "insta"]


def test_days_needed_hold_every_span_and_the_weeks_ahead() -> None:
    needed = days_needed(date(2026, 12, 1), date(2026, 12, 6), TODAY)

    assert needed.first <= TODAY - 55 * DAY
    assert needed.last >= date(2026, 12, 31)
    assert all(
        needed.first <= week.first and week.last <= needed.last
        for week in weeks_of(Days(TODAY, TODAY + 28 * DAY), 0)
    )
