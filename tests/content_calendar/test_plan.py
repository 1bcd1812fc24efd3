"""The plan for a week and a month, from the answers in force."""

from datetime import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_calendar.plan import plan_of, posts_a_month, split, target_mix
from core.enums import ContentCategory, Weekday
from strategies.domain.answer_types import (
    AudienceNotesAnswer,
    ChannelAnswer,
    ContentPlanAnswer,
    FollowerAimAnswer,
    OwnershipAnswer,
    PeriodAnswer,
    PostKindAnswer,
    VoiceAnswer,
)
from strategies.domain.answers import Answers

SELLING, USEFUL, DIALOGUE = ContentCategory


def answers_with(*plans: PostKindAnswer, **mix: Any) -> Answers:
    content = {"promotional": 20, "informative": 40, "engagement": 40, "minutes_text": 45, **mix}
    return Answers(
        name="Autumn",
        period=PeriodAnswer(uid="p"),
        audience_notes=AudienceNotesAnswer(uid="n"),
        voice=VoiceAnswer(uid="v"),
        ownership=OwnershipAnswer(uid="o"),
        content_plan=ContentPlanAnswer(uid="c", **content),
        follower_aim=FollowerAimAnswer(uid="f"),
        channels=(ChannelAnswer(uid="insta", network="instagram", handle="@fjordlys"),),
        post_kinds=plans,
    )


def post_kind(**fields: Any) -> PostKindAnswer:
    return PostKindAnswer(**{"uid": "kind", "channel": "insta", "format": "text", **fields})


def test_week_has_posts_work_and_good_hours() -> None:
    answers = answers_with(
        post_kind(
            lowest=3,
            highest=5,
            days=("1", "4"),
            times=(time(17), time(20)),
            period="week",
        )
    )

    plan = plan_of(answers)

    (week,) = plan.channels
    assert week.range == "3–5"
    assert week.minutes == plan.minutes == Decimal(225)
    (kind,) = week.kinds
    assert kind.days == (Weekday.MON, Weekday.THU)
    assert kind.times == (time(17), time(20))
    assert plan.posts_a_month == 22
    assert plan.month == {SELLING: 4, USEFUL: 9, DIALOGUE: 9}


@pytest.mark.parametrize(
    ("lowest", "highest", "text"), [(None, 5, "5"), (2, None, "2"), (3, 3, "3"), (0, 1, "0–1")]
)
def test_range_of_one_number_is_that_number(
    lowest: int | None, highest: int | None, text: str
) -> None:
    (week,) = plan_of(answers_with(post_kind(lowest=lowest, highest=highest))).channels

    assert week.range == text


def test_plan_without_numbers_or_channel_is_left_out() -> None:
    answers = answers_with(post_kind(), post_kind(uid="b", channel="gone", highest=3))

    assert plan_of(answers).channels == []


def test_posts_a_month_are_not_multiplied_by_weeks() -> None:
    assert posts_a_month(answers_with(post_kind(highest=4, period="month"))) == 4


def test_channel_gets_the_sum_of_its_kinds_in_one_line() -> None:
    numbers = [(2, 2), (2, 2), (1, 1), (1, 1), (1, 1), (0, 1)]
    kinds = [
        post_kind(uid=f"kind-{place}", lowest=lowest, highest=highest)
        for place, (lowest, highest) in enumerate(numbers)
    ]

    (week,) = plan_of(answers_with(*kinds)).channels

    assert week.range == "7–8"
    assert week.minutes == 8 * 45
    assert [kind.cadence.range for kind in week.kinds] == ["2", "2", "1", "1", "1", "0–1"]


def test_mix_that_is_not_100_divides_nothing() -> None:
    plan = plan_of(answers_with(post_kind(highest=4), promotional=50))

    assert plan.target == {}
    assert plan.month == {}


def test_mix_not_answered_is_no_target() -> None:
    assert target_mix(ContentPlanAnswer(uid="c")) == {}


def test_what_is_left_goes_to_who_lost_most() -> None:
    assert split(10, {SELLING: 34, USEFUL: 33, DIALOGUE: 33}) == {
        SELLING: 4,
        USEFUL: 3,
        DIALOGUE: 3,
    }
    assert split(1, {SELLING: 33, USEFUL: 34, DIALOGUE: 33}) == {SELLING: 0, USEFUL: 1, DIALOGUE: 0}


@st.composite
def mixes(draw: st.DrawFn) -> dict[ContentCategory, int]:
    first = draw(st.integers(0, 100))
    second = draw(st.integers(0, 100 - first))
    return {SELLING: first, USEFUL: second, DIALOGUE: 100 - first - second}


@settings(deadline=None)
@given(posts=st.integers(0, 10_000), target=mixes())
def test_parts_sum_to_the_posts_and_are_less_than_one_post_off(
    posts: int, target: dict[ContentCategory, int]
) -> None:
    parts = split(posts, target)

    assert sum(parts.values()) == posts
    for category, part in parts.items():
        assert part >= 0
        assert abs(part * 100 - posts * target[category]) < 100
        if not target[category]:
            assert part == 0
