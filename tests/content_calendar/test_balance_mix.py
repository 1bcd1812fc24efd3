"""The mix of a stretch of days against the targets of its posts' own days."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_calendar.balance.mix import MOST_ADVISED, Mix, MixCount, whole_percents
from content_calendar.balance.plans import USUAL_MIX, MixTarget
from content_calendar.balance.sentences import (
    advice_sentence,
    mix_sentence,
    uncategorised_sentence,
    usual_mix_sentence,
)
from core.enums import ContentCategory
from tests.content_calendar.balance_world import (
    DAY,
    TODAY,
    balance,
    drawn_mix,
    post,
    posts_of,
    strategy,
)

SELLING, USEFUL, DIALOGUE = ContentCategory
NOVEMBER = "in November"


def target_of(mix: dict[str, int]) -> MixTarget:
    return MixTarget({one: mix[one.value] for one in ContentCategory}, mix["tolerance"])


def count_of(posts: tuple[int, int, int], target: MixTarget) -> MixCount:
    return MixCount().with_posts(list(zip(ContentCategory, posts, strict=True)), target)


def percents(mix: Mix) -> list[int]:
    return [part.percent for part in mix.parts]


def test_month_off_target_says_what_to_plan() -> None:
    posts = posts_of(TODAY, promotional=6, informative=2, engagement=4)
    mix = balance(posts, strategy(promotional=33, informative=34, engagement=33)).month.mix

    assert mix_sentence(mix, NOVEMBER) == (
        "12 posts in November: selling 50\u00a0%, 17 points above target."
    )
    assert advice_sentence(mix) == "Plan 2 useful posts next."


def test_too_little_of_a_category_is_below_target() -> None:
    posts = posts_of(TODAY, promotional=3, informative=6, engagement=1)
    mix = balance(posts, strategy()).month.mix

    assert mix_sentence(mix, NOVEMBER) == (
        "10 posts in November: dialogue 10\u00a0%, 30 points below target."
    )
    assert advice_sentence(mix) == "Plan 3 dialogue posts next."


def test_of_parts_equally_far_off_the_one_with_too_many_is_named() -> None:
    posts = posts_of(TODAY, promotional=2, informative=6, engagement=2)
    mix = balance(posts, strategy(promotional=40, informative=40, engagement=20)).month.mix

    assert mix.furthest.category == USEFUL


def test_mix_within_the_tolerance_is_on_target() -> None:
    posts = posts_of(TODAY, promotional=3, informative=4, engagement=3)
    mix = balance(posts, strategy()).month.mix

    assert not mix.is_off
    assert mix.advice is None
    assert mix_sentence(mix, NOVEMBER) == "10 posts in November: on target."


def test_tolerance_is_at_least_one_post() -> None:
    posts = posts_of(TODAY, promotional=3, informative=3, engagement=2)
    mix = balance(posts, strategy(tolerance=0)).month.mix

    assert mix.tolerance == 13
    assert mix.is_off  # 3 of 8 are 37.5 percent, 17.5 above
    fewer = posts_of(TODAY, promotional=2, informative=3, engagement=3)
    assert not balance(fewer, strategy(tolerance=0)).month.mix.is_off


@pytest.mark.parametrize(("number", "is_judged"), [(7, False), (8, True)])
def test_fewer_than_eight_posts_are_too_few_to_judge(number: int, is_judged: bool) -> None:
    mix = balance(posts_of(TODAY, promotional=number), strategy()).month.mix

    assert mix.is_off is is_judged
    assert bool(mix.advice) is is_judged
    if not is_judged:
        assert mix_sentence(mix, NOVEMBER) == ("7 posts in November: too few to judge, it takes 8.")


def test_posts_without_category_are_counted_apart() -> None:
    posts = [*posts_of(TODAY, promotional=2, informative=4, engagement=4), post(TODAY, "")]
    mix = balance(posts, strategy()).month.mix

    assert (mix.posts, mix.uncategorised) == (10, 1)
    assert percents(mix) == [20, 40, 40]
    assert uncategorised_sentence(mix.uncategorised) == (
        "1 post has no category and is not counted."
    )


def test_post_on_two_channels_counts_once_and_for_each() -> None:
    posts = [post(TODAY, "promotional", "insta", "face"), post(TODAY, "engagement", "face")]
    month = balance(posts, strategy()).month

    assert month.mix.posts == 2
    assert {channel: mix.posts for channel, mix in month.channels.items()} == {
        "face": 2,
        "insta": 1,
    }


def test_each_post_is_judged_by_the_strategy_of_its_own_day() -> None:
    old = strategy(ends_on=date(2026, 11, 15), promotional=80, informative=20, engagement=0)
    new = strategy(starts_on=date(2026, 11, 16), promotional=20, informative=20, engagement=60)
    posts = [
        *posts_of(date(2026, 11, 10), promotional=6),
        *posts_of(date(2026, 11, 20), engagement=2),
    ]
    mix = balance(posts, old, new).month.mix

    assert [part.target for part in mix.parts] == [65, 20, 15]
    assert [part.target for part in balance(posts, old).month.mix.parts] == [69, 23, 8]


def test_days_without_strategy_are_judged_by_the_usual_thirds_and_said() -> None:
    begins = strategy(starts_on=TODAY)
    posts = [*posts_of(TODAY - DAY, informative=3), *posts_of(TODAY, informative=5)]
    mix = balance(posts, begins).month.mix

    assert mix.by_usual == 3
    assert usual_mix_sentence(mix) == (
        "No strategy was in force for 3 of the posts: they are judged by the usual thirds."
    )
    alone = balance(posts).month.mix
    assert [part.target for part in alone.parts] == list(USUAL_MIX.values())
    assert usual_mix_sentence(alone)
    assert usual_mix_sentence(balance(posts[3:], begins).month.mix) == ""


def test_empty_month_shows_the_target_of_the_strategy() -> None:
    mix = balance([], strategy()).month.mix

    assert [part.target for part in mix.parts] == [20, 40, 40]
    assert percents(mix) == [0, 0, 0]
    assert not mix.is_usual
    assert mix_sentence(mix, NOVEMBER) == "No posts in November."


def test_last_four_weeks_end_today() -> None:
    posts = [post(TODAY - 28 * DAY), post(TODAY - 27 * DAY), post(TODAY), post(TODAY + DAY)]

    assert balance(posts).rolling.mix.posts == 2


def test_month_that_is_over_gets_no_advice() -> None:
    october = date(2026, 10, 10)
    past = balance(
        posts_of(october, promotional=9),
        strategy(),
        first=date(2026, 10, 1),
        last=date(2026, 10, 31),
    )

    assert past.month.mix.is_off
    assert advice_sentence(past.month.mix) == ""


@pytest.mark.parametrize(
    ("first", "last", "month"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 11),  # a year that shows today
        (date(2026, 11, 23), date(2027, 1, 3), 11),  # most of it is in December
        (date(2026, 12, 1), date(2026, 12, 31), 12),
        (date(2026, 10, 26), date(2026, 11, 1), 10),  # a week, most of it in October
    ],
)
def test_mix_is_that_of_todays_month_where_today_is_shown(
    first: date, last: date, month: int
) -> None:
    assert balance([], first=first, last=last).month.days.first.month == month


def test_mix_that_takes_too_many_posts_says_so() -> None:
    mix = count_of((100, 0, 0), MixTarget({SELLING: 20, USEFUL: 40, DIALOGUE: 40}, 10)).mix(
        MixTarget({SELLING: 20, USEFUL: 40, DIALOGUE: 40}, 10)
    )

    assert mix.advice
    assert not mix.advice.is_enough
    assert advice_sentence(mix) == (
        "It takes more than 20 posts to get back to target: begin with useful."
    )


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6))
def test_whole_percents_sum_to_100(numbers: list[int]) -> None:
    shares = whole_percents(numbers)

    assert sum(shares) == (100 if sum(numbers) else 0)
    for number, share in zip(numbers, shares, strict=True):
        assert abs(share * sum(numbers) - 100 * number) < sum(numbers) or not sum(numbers)


counts = st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))


@settings(deadline=None)
@given(posts=counts, mix=drawn_mix(), later=drawn_mix())
def test_parts_and_targets_sum_to_the_whole(
    posts: tuple[int, int, int], mix: dict[str, int], later: dict[str, int]
) -> None:
    count = count_of(posts, target_of(mix)).with_posts([(SELLING, 3)], target_of(later))
    made = count.mix(target_of(later))

    assert sum(part.posts for part in made.parts) == made.posts == sum(posts) + 3
    assert sum(part.percent for part in made.parts) == 100
    assert sum(part.target for part in made.parts) == 100
    assert sum(part.off for part in made.parts) == 0


@settings(deadline=None)
@given(posts=counts, mix=drawn_mix(), later=drawn_mix())
def test_post_of_the_best_category_never_worsens_a_mix_that_is_off(
    posts: tuple[int, int, int], mix: dict[str, int], later: dict[str, int]
) -> None:
    target = target_of(later)
    count = count_of(posts, target_of(mix))
    after = {one: count.with_posts([(one, 1)], target).deviation for one in ContentCategory}
    best = count.best_next(target)

    assert after[best] == min(after.values())
    if not count.is_within:
        assert after[best] <= count.deviation


@settings(deadline=None)
@given(posts=counts, mix=drawn_mix())
def test_advised_posts_bring_the_mix_back_and_fewer_of_one_category_do_not(
    posts: tuple[int, int, int], mix: dict[str, int]
) -> None:
    target = target_of(mix)
    count = count_of(posts, target)
    advice = count.advice(target)

    assert (advice is None) is count.is_within
    if advice is None:
        return
    number = sum(more for _category, more in advice.posts)
    assert number <= MOST_ADVISED
    assert count.with_posts(advice.posts, target).is_within is advice.is_enough
    if advice.is_enough:
        (most, _more) = max(advice.posts, key=lambda one: one[1])
        assert not any(
            count.with_posts([(most, fewer)], target).is_within for fewer in range(number)
        )
