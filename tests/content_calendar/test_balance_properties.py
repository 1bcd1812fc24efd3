"""What holds for any posts and strategies: sums, and what moving one post changes."""

from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from content_calendar.balance.balance import Balance
from content_calendar.balance.posts import CountedPost, StrategyPeriod
from tests.content_calendar.balance_world import (
    FIRST,
    LAST,
    balance,
    days,
    drawn_posts,
    drawn_strategies,
)


def moved(post: CountedPost, to: date) -> CountedPost:
    """All versions are at the same time as the post."""
    at = post.at + timedelta(days=(to - post.day).days)
    return post._replace(
        day=to,
        at=at,
        versions=tuple(version._replace(at=at) for version in post.versions),
    )


def cells(found: Balance) -> dict[tuple[str, date], int]:
    return {
        (row.channel, one.week.first): one.posts
        for row in found.channels
        for one in row.weeks
        if one.posts
    }


@settings(deadline=None, max_examples=30)
@given(posts=drawn_posts(), strategies=drawn_strategies())
def test_parts_sum_to_the_whole(posts: list[CountedPost], strategies: list[StrategyPeriod]) -> None:
    found = balance(posts, *strategies)

    for window in (found.rolling, found.month, found.view):
        inside = [post for post in posts if post.day in window.days]
        versions = [one for post in posts for one in post.versions if one.at.date() in window.days]
        assert window.mix.posts + window.mix.uncategorised == len(inside)
        of_channels = [mix.posts + mix.uncategorised for mix in window.channels.values()]
        shown = [one for one in versions if one.channel in window.channels]
        assert sum(of_channels) == len(shown)
        for mix in (window.mix, *window.channels.values()):
            assert sum(part.posts for part in mix.parts) == mix.posts
            assert sum(part.percent for part in mix.parts) == (100 if mix.posts else 0)
            assert sum(part.target for part in mix.parts) == 100
        assert 0 <= window.others.from_others <= window.others.useful <= window.mix.posts
    in_weeks = [one for post in posts for one in post.versions if FIRST <= one.at.date() <= LAST]
    assert sum(cells(found).values()) == len(in_weeks)


@settings(deadline=None, max_examples=30)
@given(posts=drawn_posts(), strategies=drawn_strategies())
def test_matrix_counts_each_post_once_for_each_audience(
    posts: list[CountedPost], strategies: list[StrategyPeriod]
) -> None:
    matrix = balance(posts, *strategies).matrix
    inside = [post for post in posts if post.day in matrix.days]

    assert sum(matrix.told) + matrix.without_message == len(inside)
    for place, row in enumerate(matrix.audiences):
        assert sum(row.counts) <= row.posts <= len(inside) - matrix.without_audience
        for column, count in enumerate(row.counts):
            assert count <= matrix.told[column]
        assert row.posts == sum(row.uid in post.audiences for post in inside), place


@settings(deadline=None, max_examples=30)
@given(
    posts=drawn_posts(),
    strategies=drawn_strategies(),
    to=days,
    place=st.integers(min_value=0),
)
def test_moving_a_post_changes_its_weeks_windows_and_channels_only(
    posts: list[CountedPost], strategies: list[StrategyPeriod], to: date, place: int
) -> None:
    assume(posts)
    post = posts[place % len(posts)]
    others = [one for one in posts if one is not post]
    before = balance(posts, *strategies)
    after = balance([*others, moved(post, to)], *strategies)
    touched = {version.channel for version in post.versions}

    def windows(found: Balance) -> list[object]:
        return [found.rolling, found.month, found.view]

    for old, new in zip((before.rolling, before.month, before.view), windows(after), strict=True):
        assert old.days == new.days  # type: ignore[attr-defined]
        if post.day not in old.days and to not in old.days:
            assert old.mix == new.mix  # type: ignore[attr-defined]
            assert old.others == new.others  # type: ignore[attr-defined]
        for channel in set(old.channels) - touched:
            assert old.channels[channel] == new.channels[channel]  # type: ignore[attr-defined]
    old_cells, new_cells = cells(before), cells(after)
    changed = {key for key in old_cells | new_cells if old_cells.get(key) != new_cells.get(key)}
    assert {channel for channel, _week in changed} <= touched
    for _channel, monday in changed:
        week = {monday + timedelta(days=number) for number in range(7)}
        assert (post.day in week) is not (to in week)
    for old_row in before.channels:
        for one, other in zip(
            old_row.weeks,
            next((row.weeks for row in after.channels if row.channel == old_row.channel), ()),
            strict=False,
        ):
            if post.day not in one.span and to not in one.span and post.day not in one.week:
                assert to in one.week or one == other
    assert [one.available for one in before.work] == [one.available for one in after.work]
    for old_work, new_work in zip(before.work, after.work, strict=True):
        if post.day not in old_work.week and to not in old_work.week:
            assert old_work == new_work


@settings(deadline=None, max_examples=30)
@given(posts=drawn_posts(), strategies=drawn_strategies())
def test_later_strategy_never_rewrites_the_month_before(
    posts: list[CountedPost], strategies: list[StrategyPeriod]
) -> None:
    """What begins in December leaves November as it was."""
    past = [one for one in strategies if one.ends_on < date(2026, 12, 1)]
    coming = [one for one in strategies if one.starts_on >= date(2026, 12, 1)]
    today = date(2026, 12, 15)

    before, after = balance(posts, *past, today=today), balance(posts, *past, *coming, today=today)

    assert before.month == after.month or not before.month.mix.posts


@settings(deadline=None, max_examples=30)
@given(posts=drawn_posts(), strategies=drawn_strategies())
def test_states_agree_with_the_numbers(
    posts: list[CountedPost], strategies: list[StrategyPeriod]
) -> None:
    found = balance(posts, *strategies)

    for row in found.channels:
        for one in row.weeks:
            assert one.week.middle in one.span
            if one.state == "below":
                assert one.lowest is not None
                assert one.in_span < one.lowest
                assert one.span.last < found.today
            if one.state == "to_go":
                assert one.to_go > 0
                assert one.span.last >= found.today
            if one.state == "above":
                assert one.highest is not None
                assert one.in_span > one.highest
                assert not one.has_room
