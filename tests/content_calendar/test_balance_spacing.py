"""Gaps, clashes and selling posts in a row; work of a week and posts from others."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from content_calendar.balance.days import Days
from content_calendar.balance.posts import CountedPost, CountedVersion
from content_calendar.balance.sentences import others_sentence, work_sentence
from strategies.domain.answer_types import OwnershipAnswer
from tests.content_calendar.balance_world import (
    DAY,
    FIRST,
    LAST,
    OSLO,
    TODAY,
    balance,
    kind,
    post,
    strategy,
)

NEARLY_DAILY = strategy(kind(lowest=5))


def daily(first: date, last: date) -> list[CountedPost]:
    return [post(day) for day in Days(first, last)]


@pytest.mark.parametrize(("length", "is_gap"), [(7, False), (8, True)])
def test_more_than_seven_days_without_a_post_are_a_gap(length: int, is_gap: bool) -> None:
    before = date(2026, 11, 2)
    after = before + (length + 1) * DAY
    posts = [*daily(FIRST, before), *daily(after, LAST + 28 * DAY)]

    found = balance(posts, NEARLY_DAILY).gaps

    assert [gap.days for gap in found] == ([Days(before + DAY, after - DAY)] if is_gap else [])


def test_plan_for_few_posts_allows_twice_their_distance() -> None:
    """One in two weeks allows 28 days."""
    plan = strategy(kind(lowest=1, period="two_weeks"))
    posts = [post(FIRST), post(FIRST + 29 * DAY), post(LAST)]

    assert balance(posts, plan).gaps == ()
    (gap,) = balance([post(FIRST), post(FIRST + 30 * DAY), post(LAST)], plan).gaps
    assert (len(gap.days), gap.allowed) == (29, 28)


def test_nothing_planned_ahead_is_a_gap_up_to_four_weeks() -> None:
    posts = daily(FIRST, TODAY)

    (gap,) = balance(posts, NEARLY_DAILY).gaps
    assert gap.days == Days(TODAY + DAY, LAST)
    (gap,) = balance(posts, NEARLY_DAILY, last=LAST + 60 * DAY).gaps
    assert gap.days == Days(TODAY + DAY, TODAY + 27 * DAY)


def test_strategy_without_any_post_has_a_gap_from_its_first_day() -> None:
    begins = strategy(kind(lowest=5), starts_on=TODAY - 10 * DAY)

    (gap,) = balance([], begins).gaps

    assert gap.days.first == TODAY - 10 * DAY
    assert balance([]).gaps == ()


@pytest.mark.parametrize(("minutes", "is_clash"), [(0, True), (59, True), (60, False)])
def test_posts_less_than_an_hour_apart_on_a_channel_clash(minutes: int, is_clash: bool) -> None:
    first, second = post(TODAY, at=time(12)), post(TODAY, at=time(12 + minutes // 60, minutes % 60))

    found = balance([first, second]).clashes

    assert [(one.first, one.second, one.minutes) for one in found] == (
        [(first.uid, second.uid, minutes)] if is_clash else []
    )


def test_other_channels_and_stories_do_not_clash() -> None:
    posts = [post(TODAY), post(TODAY, "promotional", "face"), post(TODAY, format="story")]

    assert balance(posts).clashes == ()


def test_clock_that_goes_back_makes_an_hour_of_distance() -> None:
    """02:30 comes twice on 25 October 2026: one hour lies between, on the clock none."""
    night = date(2026, 10, 25)
    moments = [
        datetime.combine(night, time(2, 30), OSLO),
        datetime.combine(night, time(2, 40, fold=1), OSLO),
        datetime.combine(night, time(2, 50), OSLO),
    ]
    posts = [
        CountedPost(
            str(place),
            night,
            at,
            "",
            "us",
            (CountedVersion("insta", at, ""),),
            "",
            (),
            "",
            "",
            True,
        )
        for place, at in enumerate(moments)
    ]

    found = balance(posts, first=night).clashes

    assert [(one.first, one.second, one.minutes) for one in found] == [
        ("0", "2", 20),
        ("2", "1", 50),
    ]


def sold(number: int, campaign: str = "") -> list[CountedPost]:
    return [post(TODAY + place * DAY, "promotional", campaign=campaign) for place in range(number)]


def test_three_selling_posts_in_a_row_are_a_streak() -> None:
    posts = sold(3)

    (streak,) = balance(posts).streaks
    assert streak.posts == tuple(one.uid for one in posts)
    assert (streak.first, streak.last) == (TODAY, TODAY + 2 * DAY)
    assert balance(sold(2)).streaks == ()


@pytest.mark.parametrize("category", ["engagement", "informative", ""])
def test_another_post_between_ends_a_streak(category: str) -> None:
    between = post(TODAY, category, at=time(18))

    assert balance([*sold(3), between]).streaks == ()
    elsewhere = post(TODAY, category, "face", at=time(18))
    assert len(balance([*sold(3), elsewhere]).streaks) == 1


def test_one_named_campaign_may_sell_in_a_row() -> None:
    inside = sold(4, campaign="winter")

    assert balance(inside).streaks == ()
    around = [post(TODAY - 2 * DAY, "promotional"), post(TODAY - DAY, "promotional"), *inside]
    (streak,) = balance(around).streaks
    assert len(streak.posts) == 6
    mixed = [*inside[:2], *sold(4, campaign="summer")[2:]]
    assert len(balance(mixed).streaks) == 1


def test_work_counts_each_format_of_a_post_once() -> None:
    plan = strategy(
        kind(lowest=1), ownership=OwnershipAnswer(uid="o", hours_per_week=Decimal("1.5"))
    )
    posts = [
        post(TODAY, "informative", "insta", "face"),
        post(TODAY, "informative", "face", format=""),
        post(TODAY, format="short_video"),
    ]

    found = balance(posts, plan).work
    week = next(one for one in found if TODAY in one.week)

    assert (week.minutes, week.available) == (Decimal(30 + 45 + 300), Decimal(90))
    assert week.is_above
    assert work_sentence(week) == "About 6 h 15 min of work, 1 h 30 min available."


@pytest.mark.parametrize(("images", "is_above"), [(5, False), (6, True)])
def test_work_may_be_a_quarter_above_the_hours(images: int, is_above: bool) -> None:
    plan = strategy(ownership=OwnershipAnswer(uid="o", hours_per_week=Decimal(2)))

    found = balance([post(TODAY) for _ in range(images)], plan).work

    assert [one.is_above for one in found if TODAY in one.week] == [is_above]


def test_work_without_hours_or_strategy_is_not_judged() -> None:
    assert not any(one.is_above for one in balance([post(TODAY)], strategy()).work)
    without = next(one for one in balance([post(TODAY)]).work if TODAY in one.week)
    assert without.minutes == 0
    assert without.available is None
    assert work_sentence(without) == ""


def test_share_from_others_is_of_the_useful_posts_of_four_weeks() -> None:
    posts = [
        post(TODAY, origin="others"),
        post(TODAY - 27 * DAY, origin="followers"),
        post(TODAY),
        post(TODAY, "promotional", origin="others"),
        post(TODAY - timedelta(days=28), origin="others"),
    ]

    others = balance(posts).rolling.others

    assert (others.useful, others.from_others, others.percent) == (3, 2, 67)
    assert others_sentence(others) == "2 of 3 useful posts in the last four weeks are from others."
    assert others_sentence(balance([]).rolling.others) == ""
