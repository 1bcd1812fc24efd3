"""What to plan next."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_calendar.balance.counts import count_posts
from content_calendar.balance.days import Days, four_weeks_to
from content_calendar.balance.mix import count_mix
from content_calendar.balance.plans import Plans
from content_calendar.balance.posts import CountedPost, StrategyPeriod
from content_calendar.balance.sentences import (
    suggestion_reasons,
    suggestion_title,
    suggestion_when,
)
from core.enums import ContentCategory
from tests.content_calendar.balance_world import (
    DAY,
    TODAY,
    balance,
    drawn_posts,
    drawn_strategies,
    kind,
    post,
    strategy,
)

SELLING, USEFUL, DIALOGUE = ContentCategory
NEXT_MONDAY = date(2026, 11, 30)


def test_suggestion_says_category_channel_week_and_why() -> None:
    """Two of the last ten on Facebook asked something, and week 48 has its two posts."""
    plan = strategy(kind("face", lowest=2, highest=4, days=("2",), times=(time(17),), pillar="ask"))
    categories = ["engagement"] * 2 + ["promotional"] * 4 + ["informative"] * 4
    posts = [
        post(TODAY - (12 - place) * DAY, category, "face", audiences=("families",))
        for place, category in enumerate(categories)
    ]
    posts += [post(TODAY, "promotional", "face"), post(TODAY + 2 * DAY, "informative", "face")]

    best = balance(posts, plan).suggestions[0]

    assert (best.category, best.channel, best.week.first) == (DIALOGUE, "face", NEXT_MONDAY)
    assert suggestion_title(best, "Facebook") == "Dialogue on Facebook, week 49."
    assert suggestion_reasons(best) == [
        "Only 1 of the last 10 posts there asked anything.",
        "The plan asks for at least 2 there that week, 0 so far.",
        "Nothing is planned for Families.",
    ]
    assert (best.format, best.theme, best.day, best.at) == (
        "image",
        "ask",
        date(2026, 12, 1),
        time(17),
    )
    assert (best.audience, best.message) == ("families", "clothes")
    assert suggestion_when(best) == "Image, Tue 1 Dec, 17:00".replace(
        "Tue 1 Dec", "Tue\u00a01\u00a0Dec"
    )


def test_channel_with_its_highest_number_is_left_out() -> None:
    plan = strategy(kind("face", highest=1), kind("insta", highest=1))
    full = [post(TODAY + 7 * week * DAY, "engagement", "face") for week in range(6)]

    assert {one.channel for one in balance(full, plan).suggestions} == {"insta"}


def test_closed_channel_is_not_suggested() -> None:
    plan = strategy(kind("face", lowest=3), kind("insta", lowest=1))

    found = balance([], plan, open_channels={"insta"}).suggestions

    assert {one.channel for one in found} == {"insta"}


def test_others_are_on_other_channels_while_there_are_any() -> None:
    plan = strategy(*(kind(channel, lowest=1) for channel in ("insta", "face", "linked")))

    assert {one.channel for one in balance([], plan).suggestions} == {"insta", "face", "linked"}
    needier = strategy(kind("insta", lowest=3), kind("face", highest=3))
    assert [one.channel for one in balance([], needier).suggestions] == ["insta", "face", "insta"]
    alone = balance([], strategy(kind("insta", lowest=1))).suggestions
    assert [one.week.first for one in alone] == [date(2026, 11, 23), NEXT_MONDAY, date(2026, 12, 7)]


def test_channel_of_a_silent_audience_comes_first() -> None:
    plan = strategy(kind("insta", lowest=1), kind("linked", lowest=1))
    heard = [post(TODAY, "informative", "face", audiences=("families",))]

    best = balance(heard, plan).suggestions[0]

    assert (best.channel, best.audience, best.message) == ("linked", "students", "free")
    assert best.unplanned == "Students"


def test_day_and_time_keep_clear_of_other_posts() -> None:
    plan = strategy(kind(highest=9, days=("4", "5"), times=(time(9), time(17))))
    thursday, friday = date(2026, 11, 26), date(2026, 11, 27)

    best = balance([post(thursday)], plan).suggestions[0]
    assert (best.day, best.at) == (friday, time(9))
    both = [post(thursday, at=time(9, 30)), post(friday)]
    best = balance(both, plan).suggestions[0]
    assert (best.day, best.at) == (thursday, time(17))


def test_kind_of_another_category_gives_no_theme() -> None:
    plan = strategy(kind(lowest=1, pillar="ask"), promotional=100, informative=0, engagement=0)

    best = balance([], plan).suggestions[0]

    assert (best.category, best.theme, best.format) == (SELLING, "", "image")


def test_kind_whose_theme_has_the_category_comes_first() -> None:
    plan = strategy(
        kind(lowest=1),
        kind(uid="b", lowest=1, format="carousel", pillar="ask"),
        promotional=0,
        informative=0,
        engagement=100,
    )

    assert balance([], plan).suggestions[0].format == "carousel"


def test_without_strategy_the_channels_posted_to_are_suggested() -> None:
    posts = [post(TODAY - place * DAY, "promotional", "face") for place in range(5)]

    best = balance(posts).suggestions[0]

    assert (best.channel, best.category, best.format, best.day) == ("face", USEFUL, "", None)
    assert suggestion_reasons(best) == ["None of the last 5 posts there was useful."]
    assert balance([]).suggestions == ()


@pytest.mark.parametrize("today", [date(2026, 11, 29), date(2026, 11, 30)])
def test_suggested_days_lie_ahead(today: date) -> None:
    plan = strategy(kind(lowest=2, days=("1", "7"), times=(time(9),)))

    for one in balance([], plan, today=today).suggestions:
        assert one.day
        assert one.day > today
        assert one.day in one.week


@settings(deadline=None, max_examples=30)
@given(posts=drawn_posts(), strategies=drawn_strategies())
def test_suggested_post_never_worsens_a_mix_that_is_off(
    posts: list[CountedPost], strategies: list[StrategyPeriod]
) -> None:
    plans = Plans(strategies)
    for one in balance(posts, *strategies).suggestions:
        days = four_weeks_to(one.week.last)
        before = count_mix(days, count_posts(posts).posts, plans)
        free = list(Days(max(one.week.first, TODAY + DAY), one.week.last))
        day = one.day or next((day for day in free if plans.on(day)), free[0])
        added = post(day, one.category.value, one.channel)
        after = count_mix(days, count_posts([*posts, added]).posts, plans)

        assert (before.deviation, after.deviation) == (one.before, one.after)
        if not before.is_within:
            assert after.deviation <= before.deviation


@settings(deadline=None, max_examples=30)
@given(posts=drawn_posts(), strategies=drawn_strategies(), shuffled=st.randoms())
def test_order_of_posts_and_strategies_makes_no_difference(
    posts: list[CountedPost], strategies: list[StrategyPeriod], shuffled: object
) -> None:
    others = list(posts)
    shuffled.shuffle(others)  # type: ignore[attr-defined]

    first, second = balance(posts, *strategies), balance(others, *reversed(strategies))

    for name in [
        "rolling",
        "month",
        "view",
        "weeks",
        "channels",
        "gaps",
        "clashes",
        "streaks",
        "silences",
        "matrix",
        "work",
        "suggestions",
    ]:
        assert getattr(first, name) == getattr(second, name)
