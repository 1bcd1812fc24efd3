"""How often a channel is posted to: the sum of its kinds of post."""

from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies.domain.answer_types import PostKindAnswer
from strategies.domain.cadence import WEEKS, cadence_of, cadence_text
from strategies.domain.effort import effort
from strategies.domain.questionnaire import KINDS, STEP_BY_CODE
from strategies.domain.titles import row_titles
from strategies.enums import CadencePeriod
from strategies.presentation.cards import cards
from strategies.presentation.diff import Comparison
from strategies.presentation.document import document_of
from strategies.presentation.summary import said_elsewhere, ten_lines
from tests.strategies.answers_of import complete, with_rows

SIX = ((2, 2), (2, 2), (1, 1), (1, 1), (1, 1), (0, 1))


def kind(
    lowest: int | None, highest: int | None, period: str = "week", uid: str = "kind"
) -> PostKindAnswer:
    return PostKindAnswer(
        uid=uid, channel="instagram", format="text", lowest=lowest, highest=highest, period=period
    )


def six() -> list[PostKindAnswer]:
    return [
        kind(lowest, highest, uid=f"kind-{place}") for place, (lowest, highest) in enumerate(SIX)
    ]


@st.composite
def kinds(draw: st.DrawFn) -> PostKindAnswer:
    lowest = draw(st.none() | st.integers(0, 1000))
    highest = draw(st.none() | st.integers(lowest or 0, 1000))
    return kind(lowest, highest, draw(st.sampled_from(CadencePeriod.values)))


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ((), ""),
        ((kind(None, None),), ""),
        ((kind(2, 2), kind(None, None)), "2 posts a week"),
        (six(), "7 to 8 posts a week, 6 kinds"),
        ((kind(1, 1, "two_weeks"), kind(1, 2, "two_weeks")), "2 to 3 posts in two weeks, 2 kinds"),
        ((kind(1, 1, "month"), kind(None, 2, "month")), "1 to 3 posts a month, 2 kinds"),
        ((kind(3, 3), kind(1, 1, "two_weeks")), "3 to 4 posts a week, 2 kinds"),
        ((kind(3, 3), kind(2, 2, "two_weeks")), "4 posts a week, 2 kinds"),
        ((kind(3, 3), kind(1, 1, "month")), "3 to 4 posts a week, 2 kinds"),
        ((kind(3, 3), kind(1, None)), "at least 4 posts a week, 2 kinds"),
        ((kind(None, 3), kind(None, 1)), "up to 4 posts a week, 2 kinds"),
        ((kind(None, 3), kind(2, None)), "at least 2 posts a week, 2 kinds"),
        ((kind(0, 1, "two_weeks"),), "0 to 1 posts in two weeks"),
    ],
)
def test_posts_of_a_channel_are_the_sum_of_its_kinds(
    rows: tuple[PostKindAnswer, ...], text: str
) -> None:
    assert cadence_text(cadence_of(rows)) == text


@given(kinds())
def test_sum_of_one_kind_is_what_it_says(one: PostKindAnswer) -> None:
    cadence = cadence_of([one])

    assert (cadence.lowest, cadence.highest) == (one.lowest, one.highest)
    if cadence.kinds:
        assert cadence.period == one.period


@given(
    st.lists(kinds(), max_size=8).flatmap(
        lambda rows: st.tuples(st.just(rows), st.permutations(rows))
    )
)
def test_sum_does_not_depend_on_the_order(
    pair: tuple[list[PostKindAnswer], list[PostKindAnswer]],
) -> None:
    rows, shuffled = pair

    assert cadence_of(rows) == cadence_of(shuffled)


@given(st.lists(kinds(), max_size=8), st.lists(kinds(), max_size=8))
def test_sum_of_all_is_the_sum_of_its_parts(
    some: list[PostKindAnswer], others: list[PostKindAnswer]
) -> None:
    both = cadence_of([*some, *others])

    assert both.planned_a_week == (
        cadence_of(some).planned_a_week + cadence_of(others).planned_a_week
    )
    assert both.kinds == cadence_of(some).kinds + cadence_of(others).kinds


@given(st.lists(kinds(), min_size=1, max_size=8))
def test_what_is_shown_holds_the_exact_sum_and_is_less_than_a_post_off(
    rows: list[PostKindAnswer],
) -> None:
    cadence = cadence_of(rows)

    if cadence.lowest is not None and cadence.exact_lowest is not None:
        assert 0 <= cadence.exact_lowest - cadence.lowest < 1
    if cadence.highest is not None and cadence.exact_highest is not None:
        assert 0 <= cadence.highest - cadence.exact_highest < 1
        assert (cadence.lowest or 0) <= cadence.highest


@given(st.lists(kinds(), max_size=8), kinds())
def test_one_more_kind_never_lowers_the_sum(
    rows: list[PostKindAnswer], one: PostKindAnswer
) -> None:
    assert cadence_of([*rows, one]).planned_a_week >= cadence_of(rows).planned_a_week


@given(st.integers(0, 1000), st.sampled_from(list(CadencePeriod)))
def test_posts_a_week_are_exact(number: int, period: CadencePeriod) -> None:
    assert (
        cadence_of([kind(None, number, period)]).planned_a_week
        == Fraction(number) / (WEEKS[period])
    )


# --- everywhere ---------------------------------------------------------------------------------


def test_ten_lines_say_the_sum() -> None:
    line = ten_lines(with_rows(complete(), "post-kind", *six()))[4]

    assert line.items == ("Instagram: @fjordlys (Ingrid Solheim, 7 to 8 posts a week, 6 kinds)",)


def test_question_beside_the_ten_lines_says_the_sum_once() -> None:
    answers = with_rows(complete(), "post-kind", *six())

    said = said_elsewhere(answers, STEP_BY_CODE["content"], at_most=20).items

    assert said.count("Instagram: @fjordlys (7 to 8 posts a week, 6 kinds)") == 1
    assert not any("0 to 1" in item for item in said)


def test_document_sets_the_kinds_of_a_channel_below_their_sum() -> None:
    answers = with_rows(complete(), "post-kind", *six())

    parts = [part for chapter in document_of(answers) for part in chapter.parts]

    (part,) = [part for part in parts if part.kind.code == "post-kind"]
    (group,) = part.groups
    assert group.heading == "Instagram: @fjordlys: 7 to 8 posts a week, 6 kinds"
    assert [entry.title for entry in group.entries] == ["Text or link"] * 6


def test_work_is_that_of_all_kinds_and_a_channel_is_named_once() -> None:
    (channel,) = effort(with_rows(complete(), "post-kind", *six())).channels

    assert channel.minutes == 8 * 45
    assert channel.heaviest.uid == "kind-0"


def test_cards_of_one_channel_are_told_apart_by_format_and_theme() -> None:
    rows = [
        kind(1, 1, uid="one"),
        msgspec.structs.replace(kind(1, 1, uid="two"), format="story", pillar="pillar"),
    ]
    answers = with_rows(complete(), "post-kind", *rows)

    found = cards(answers, KINDS["post-kind"], row_titles(answers))

    assert [card.title for card in found] == [
        "Instagram: @fjordlys, Text or link",
        "Instagram: @fjordlys, Story, “Ask a curator”",
    ]


def test_diff_tells_of_each_kind_of_a_channel() -> None:
    before = with_rows(complete(), "post-kind", *six())
    rows = six()
    after = with_rows(
        complete(), "post-kind", *rows[:-1], msgspec.structs.replace(rows[-1], highest=4)
    )

    (change,) = Comparison(before, after).changes(STEP_BY_CODE["content"])

    assert change.row == "kind-5"
