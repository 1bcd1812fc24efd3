"""Who hears what, and who and what has gone silent."""

import pytest

from tests.content_calendar.balance_world import DAY, TODAY, balance, kind, post, strategy


def test_matrix_counts_posts_by_audience_and_message() -> None:
    posts = [
        post(TODAY, message="clothes", audiences=("families", "students")),
        post(TODAY, message="clothes", audiences=("families",)),
        post(TODAY, audiences=("students",)),
        post(TODAY, message="free", audiences=("gone",)),
        post(TODAY, message="unknown"),
        post(TODAY - 60 * DAY, message="free", audiences=("families",)),
    ]

    matrix = balance(posts, strategy()).matrix

    assert matrix.messages == (
        ("clothes", "Come in your work clothes"),
        ("free", "Free on Thursdays"),
    )
    assert [(one.uid, one.counts, one.posts) for one in matrix.audiences] == [
        ("families", (2, 0), 2),
        ("students", (1, 0), 2),
    ]
    assert matrix.told == (2, 1)
    assert (matrix.without_audience, matrix.without_message) == (2, 2)


def test_matrix_of_two_strategies_has_the_rows_of_both() -> None:
    old = strategy(ends_on=TODAY - DAY)
    new = strategy(starts_on=TODAY, audiences=old.answers.audiences[1:], messages=())

    matrix = balance([], old, new).matrix

    assert [one.uid for one in matrix.audiences] == ["students", "families"]
    assert balance([post(TODAY)]).matrix.audiences == ()


@pytest.mark.parametrize(("ago", "is_silent"), [(0, False), (27, False), (28, True), (-1, True)])
def test_first_audience_is_silent_after_four_weeks(ago: int, is_silent: bool) -> None:
    posts = [post(TODAY - ago * DAY, audiences=("families",))]

    silent = balance(posts, strategy()).silences.first_audience

    assert (silent is not None) is is_silent
    if silent:
        assert silent.next_on == (TODAY + DAY if ago == -1 else None)


def test_only_the_first_audience_is_meant() -> None:
    posts = [post(TODAY, audiences=("families",))]

    assert balance(posts, strategy()).silences.first_audience is None


def test_messages_that_nobody_heard_are_named_with_their_next_day() -> None:
    posts = [post(TODAY, message="clothes"), post(TODAY + 3 * DAY, message="free")]

    silences = balance(posts, strategy()).silences

    assert [(one.uid, one.next_on) for one in silences.messages] == [("free", TODAY + 3 * DAY)]


@pytest.mark.parametrize(("ago", "is_said"), [(26, False), (27, True)])
def test_nothing_is_silent_before_four_weeks_in_force(ago: int, is_said: bool) -> None:
    silences = balance([], strategy(kind(), starts_on=TODAY - ago * DAY)).silences

    assert bool(silences.first_audience) is is_said
    assert bool(silences.messages) is is_said


def test_nothing_is_silent_without_a_strategy() -> None:
    silences = balance([]).silences

    assert (silences.first_audience, silences.messages) == (None, ())
