"""Stopping posts: what is held, for whom, until when; in other tools, and post by post."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity.models import Record
from content_calendar.domain.fingerprint import fingerprint_of
from content_calendar.domain.holding import is_on_hold
from content_calendar.enums import DerivedState, HoldAnswer, PostState
from content_calendar.models import HeldPost, Post, PostVersion
from content_calendar.presentation.states import STATE_LOOKS, look_of
from content_calendar.services.approval import (
    approve,
    cancel_post,
    make_draft,
    schedule_post,
    submit_post,
)
from content_calendar.services.copies import duplicate_post
from content_calendar.services.going_out import (
    answer_outcome,
    hand_over,
    mark_published,
    undo_outcome,
)
from content_calendar.services.holding import PostsStopped
from content_calendar.services.holds import (
    PressedAgain,
    answer_for,
    held_posts,
    let_rest_go,
    lift_hold,
    mark_crisis_information,
    stop_posts,
    take_tick_back,
    tick_off,
    to_answer,
)
from core.exceptions import Refusal
from networks.models import Channel
from notifications.models import Notification
from notifications.notification_types import sentence_of, type_of
from policies.models import Hold
from policies.services.holding import hold_on, is_held
from tests.at_once import at_once
from tests.content_calendar.calendar_of import DAY, make_channel, make_post
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)  # the minute of ``make_post``
NIGHT = datetime(2026, 11, 23, 22, tzinfo=UTC)
WAITING = (PostState.APPROVED, PostState.SCHEDULED, PostState.HANDED_OVER)
HELD = "On hold"


@pytest.fixture(autouse=True)
def _night() -> Iterator[None]:
    with time_machine.travel(NIGHT, tick=False):
        yield


@pytest.fixture
def instagram(marketer: Membership) -> Channel:
    return make_channel(marketer)


@pytest.fixture
def facebook(marketer: Membership) -> Channel:
    return make_channel(marketer, "facebook")


def put(post: Post, state: PostState) -> Post:
    """Write a state past the table."""
    day: dict[str, Any] = {}
    if state == PostState.IDEA:
        day = dict.fromkeys(("planned_on", "planned_time", "planned_at"))
    tool = {"handed_over_to": "Buffer", "handed_over_at": NIGHT, "handed_over_by": post.created_by}
    Post.objects.filter(pk=post.pk).update(
        state=state, **day, **(tool if state == PostState.HANDED_OVER else {})
    )
    return Post.objects.select_related("workspace").get(pk=post.pk)


def stop(member: Membership, *channels: Channel, reason: str = "") -> Hold:
    return stop_posts(member.workspace, channels=channels, reason=reason, by=member.user)[0]


def look(post: Post, now: datetime = NIGHT) -> str:
    found = Post.objects.for_calendar().get(pk=post.pk)
    return str(look_of(found, now=now, lead_time_hours=24, hold=hold_on(post.workspace)).word)


def first_version(post: Post) -> PostVersion:
    found = post.versions.select_related("post__workspace", "channel").first()
    assert found
    return found


# --- the square: what is stopped × state × crisis information ------------------------------------

STOPS: dict[str, Callable[[Channel, Channel], list[Channel] | None]] = {
    "nothing": lambda own, other: None,
    "everything": lambda own, other: [],
    "its channel": lambda own, other: [own],
    "another channel": lambda own, other: [other],
}
STOPPED_BY = {"everything", "its channel"}


@pytest.mark.parametrize(
    ("stopped", "state", "is_crisis"), list(product(STOPS, PostState, [False, True]))
)
def test_post_is_on_hold_where_its_channel_is_stopped_and_it_waits(
    stopped: str,
    state: PostState,
    is_crisis: bool,
    marketer: Membership,
    instagram: Channel,
    facebook: Channel,
) -> None:
    post = put(make_post(marketer, instagram), state)
    Post.objects.filter(pk=post.pk).update(is_crisis_information=is_crisis)
    channels = STOPS[stopped](instagram, facebook)
    if channels is not None:
        stop(marketer, *channels)

    expected = stopped in STOPPED_BY and state in WAITING and not is_crisis
    assert is_held(instagram) is (stopped in STOPPED_BY)
    assert Post.objects.on_hold().exists() is expected
    assert (look(post) == HELD) is expected


@pytest.mark.parametrize("state", PostState)
def test_held_post_past_its_time_is_neither_due_nor_missed_until_the_stop_is_lifted(
    state: PostState, marketer: Membership, manager: Membership, instagram: Channel
) -> None:
    post = put(make_post(marketer, instagram), state)
    late = AT + timedelta(days=2)
    is_by_hand = state in {PostState.APPROVED, PostState.SCHEDULED}
    assert Post.objects.due(late).exists() is is_by_hand

    hold = stop(marketer)
    held = Post.objects.get(pk=post.pk)

    if is_by_hand:
        assert not Post.objects.due(late).exists()
        assert not Post.objects.missed(late).exists()
        assert look(held, late) == HELD
    Hold.objects.filter(pk=hold.pk).update(lifted_at=NIGHT, lifted_by=manager.user)
    assert Post.objects.due(late).exists() is is_by_hand
    assert look(held, late) != HELD


def test_post_that_was_missed_before_the_stop_stays_missed(
    marketer: Membership, manager: Membership, instagram: Channel
) -> None:
    late = AT + timedelta(hours=24)
    for moment, expected in ((late, "Not published"), (late - timedelta(seconds=1), HELD)):
        post = put(make_post(marketer, instagram), PostState.SCHEDULED)
        with time_machine.travel(moment, tick=False):
            hold = stop(marketer)

        then = late + timedelta(hours=1)
        found = Post.objects.filter(pk=post.pk)
        assert look(post, then) == expected
        assert found.on_hold().exists() is (expected == HELD)
        assert found.missed(then).exists() is (expected != HELD)
        assert not found.due(then).exists()
        Hold.objects.filter(pk=hold.pk).update(lifted_at=then, lifted_by=manager.user)


DEEDS: dict[str, Callable[[Post, Membership], Any]] = {
    "schedule": lambda post, by: schedule_post(post, by=by.user),
    "hand over": lambda post, by: hand_over(post, tool="Buffer", by=by.user),
    "publish": lambda post, by: mark_published(first_version(post), by=by.user),
    "draft": lambda post, by: make_draft(post, by=by.user),
    "cancel": lambda post, by: cancel_post(post, by=by.user),
    "submit": lambda post, by: submit_post(post, by=by.user),
}
LETS_GO = {"schedule", "hand over", "publish"}


def outcome(deed: str, post: Post, by: Membership) -> str:
    """Do it and take it back: "" where it was done, else what refused it."""
    post = Post.objects.select_related("workspace").get(pk=post.pk)
    try:
        with transaction.atomic():
            DEEDS[deed](post, by)
            transaction.set_rollback(True)
    except Refusal as refusal:
        return "stopped" if isinstance(refusal, PostsStopped) else "refused"
    return ""


@pytest.mark.parametrize(("state", "deed"), list(product(PostState, DEEDS)))
@pytest.mark.usefixtures("second_manager")
def test_stop_refuses_what_lets_a_post_go_out_and_nothing_else(
    state: PostState,
    deed: str,
    manager: Membership,
    contributor: Membership,
    instagram: Channel,
) -> None:
    post = put(make_post(contributor, instagram), state)
    people = (contributor, manager)
    before = [outcome(deed, post, by) for by in people]

    stop(manager)
    after = [outcome(deed, post, by) for by in people]

    # What another tool has published is noted all the same: it is out.
    is_fact = deed == "publish" and state == PostState.HANDED_OVER
    if deed in LETS_GO and not is_fact:
        assert "" not in after
        assert [one for one, was in zip(after, before, strict=True) if not was] == [
            "stopped" for was in before if not was
        ]
    else:
        assert after == before

    Post.objects.filter(pk=post.pk).update(is_crisis_information=True)
    assert [outcome(deed, post, by) for by in people] == before


def test_refusal_says_who_stopped_posts_and_where_to_go(
    marketer: Membership, manager: Membership, instagram: Channel, facebook: Channel
) -> None:
    post = put(make_post(marketer, instagram, facebook), PostState.APPROVED)
    stop(manager, instagram)

    with pytest.raises(PostsStopped) as refused:
        schedule_post(post, by=marketer.user)

    said = str(refused.value)
    assert "Instagram" in said
    assert "Facebook" not in said
    assert "Magnus Manager" in said
    assert "23:00 (Oslo)" in said
    assert "What is held" in said


def test_free_channel_of_a_partly_held_post_goes_out(
    marketer: Membership, instagram: Channel, facebook: Channel
) -> None:
    post = put(make_post(marketer, instagram, facebook), PostState.SCHEDULED)
    stop(marketer, instagram)

    on = {version.channel: version for version in post.versions.select_related("post__workspace")}
    mark_published(on[facebook], by=marketer.user)
    with pytest.raises(PostsStopped):
        mark_published(on[instagram], by=marketer.user)

    assert look(post) == HELD


def test_drafting_and_approving_go_on(
    contributor: Membership, manager: Membership, instagram: Channel
) -> None:
    stop(manager)

    post = submit_post(make_post(contributor, instagram), by=contributor.user)
    approve(post, fingerprint=fingerprint_of(post), by=manager.user)

    assert look(Post.objects.get(pk=post.pk)) == HELD


# --- who may -------------------------------------------------------------------------------------

ROLES = ("reader", "contributor", "marketer", "manager", "admin")


@pytest.mark.parametrize("role", ROLES)
def test_marketers_stop_and_managers_lift(
    role: str, request: pytest.FixtureRequest, manager: Membership, instagram: Channel
) -> None:
    member: Membership = request.getfixturevalue(role)
    place = ROLES.index(role)
    post = put(make_post(manager, instagram), PostState.HANDED_OVER)

    def may(deed: Callable[[], Any]) -> bool:
        try:
            with transaction.atomic():
                deed()
                transaction.set_rollback(True)
        except Refusal:
            return False
        return True

    assert may(lambda: stop(member)) is (place >= ROLES.index("marketer"))
    assert may(lambda: mark_crisis_information(post, True, by=member.user)) is (
        place >= ROLES.index("manager")
    )
    hold = stop(manager)
    assert may(lambda: tick_off(hold, post, by=member.user)) is (place >= ROLES.index("marketer"))
    for answer in HoldAnswer.AS_PLANNED, HoldAnswer.CANCELLED, HoldAnswer.DRAFT:
        assert may(lambda answer=answer: answer_for(hold, post, answer, by=member.user)) is (  # type: ignore[misc]
            place >= ROLES.index("manager")
        )
    answer_for(hold, post, HoldAnswer.AS_PLANNED, by=manager.user)
    assert may(lambda: lift_hold(hold, expected=1, by=member.user)) is (
        place >= ROLES.index("manager")
    )


def test_stranger_stops_nothing_here(workspace: Workspace, stranger: Membership) -> None:
    with pytest.raises(Refusal):
        stop_posts(workspace, by=stranger.user)

    assert not Hold.objects.exists()


def test_channel_of_another_workspace_is_refused(
    marketer: Membership, stranger: Membership
) -> None:
    with pytest.raises(Refusal, match="this workspace"):
        stop(marketer, make_channel(stranger))


def test_stop_holds_nothing_next_door(marketer: Membership, stranger: Membership) -> None:
    next_door = make_channel(stranger)
    post = put(make_post(stranger, next_door), PostState.APPROVED)

    stop(marketer)

    assert not is_held(next_door)
    assert not Post.objects.on_hold().exists()
    schedule_post(post, by=stranger.user)


# --- pressed twice, widened ----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_people_who_stop_posts_at_once_make_one_hold(
    workspace: Workspace, marketer: Membership, manager: Membership
) -> None:
    pressed = at_once(
        lambda: stop_posts(workspace, reason="Fire", by=marketer.user),
        lambda: stop_posts(workspace, reason="Smoke", by=manager.user),
    )

    assert sorted(is_new for _hold, is_new in pressed) == [False, True]
    assert Hold.objects.count() == 1
    assert Hold.objects.get().revision == 2


@pytest.mark.django_db(transaction=True)
def test_lift_that_races_a_stop_never_frees_what_was_just_stopped(
    workspace: Workspace, marketer: Membership, manager: Membership
) -> None:
    hold = stop(manager)

    lifted, stopped = at_once(
        lambda: lift_hold(hold, expected=1, by=manager.user),
        lambda: stop_posts(workspace, reason="Again", by=marketer.user),
    )

    assert not isinstance(stopped, Exception)
    assert Hold.objects.on().count() == 1  # the first one kept, or a new one after it was lifted
    assert isinstance(lifted, PressedAgain) is (Hold.objects.count() == 1)


def test_second_press_of_the_same_person_changes_nothing(marketer: Membership) -> None:
    hold = stop(marketer)

    again, is_new = stop_posts(marketer.workspace, by=marketer.user)

    assert (again, is_new, again.revision) == (hold, False, 1)
    assert Record.objects.filter(verb__contains="hold").count() == 1


def test_press_of_another_person_is_noted_and_keeps_the_hold_from_being_lifted_unseen(
    marketer: Membership, manager: Membership
) -> None:
    hold = stop(manager)
    _same, is_new = stop_posts(marketer.workspace, reason="Fire", by=marketer.user)

    assert not is_new
    with pytest.raises(PressedAgain, match="again"):
        lift_hold(hold, expected=1, by=manager.user)
    assert lift_hold(hold, expected=2, by=manager.user).lifted_by == manager.user
    assert hold_on(marketer.workspace) is None


def test_some_channels_then_all_is_one_hold_that_holds_all(
    marketer: Membership, manager: Membership, instagram: Channel, facebook: Channel
) -> None:
    first = stop(marketer, instagram)
    assert (is_held(instagram), is_held(facebook)) == (True, False)

    second = stop(manager)

    assert first == second
    assert (is_held(instagram), is_held(facebook)) == (True, True)
    widened = Record.objects.get(verb="content_calendar.hold_widened")
    assert widened.changes["channels"] == ["Instagram", "all channels"]


_PRESSES = st.lists(st.sets(st.integers(0, 2)), min_size=1, max_size=6)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(presses=_PRESSES)
def test_whatever_is_pressed_is_held_and_nothing_else(
    presses: list[set[int]],
    marketer: Membership,
    manager: Membership,
    instagram: Channel,
    facebook: Channel,
) -> None:
    with transaction.atomic():
        channels = [instagram, facebook, make_channel(marketer, "linkedin")]
        for number, press in enumerate(presses):
            stop((marketer, manager)[number % 2], *[channels[one] for one in sorted(press)])

        everything = any(not press for press in presses)
        expected = [everything or any(n in press for press in presses) for n in range(3)]
        now = hold_on(marketer.workspace)
        assert now
        assert [is_held(channel) for channel in channels] == expected
        assert [now.covers(channel.pk) for channel in channels] == expected
        assert Hold.objects.count() == 1
        transaction.set_rollback(True)


def test_hold_with_its_channels_is_one_query(
    marketer: Membership,
    instagram: Channel,
    facebook: Channel,
    django_assert_num_queries: Any,
) -> None:
    stop(marketer, instagram, facebook)

    with django_assert_num_queries(1):
        found = hold_on(marketer.workspace)
        assert found
        assert found.names == "Instagram, Facebook"
        assert str(found.hold.started_by) == "Mari Marketer"


# --- in other tools ------------------------------------------------------------------------------


def test_post_in_another_tool_is_ticked_off_once_and_by_whom_is_kept(
    marketer: Membership, manager: Membership, instagram: Channel
) -> None:
    post = put(make_post(marketer, instagram), PostState.HANDED_OVER)
    hold = stop(marketer)

    tick_off(hold, post, by=marketer.user)
    tick_off(hold, post, by=manager.user)

    row = HeldPost.objects.get()
    assert (row.stopped_by, row.stopped_at, row.tool) == (marketer.user, NIGHT, "Buffer")
    assert Record.objects.filter(verb="content_calendar.hold_ticked").count() == 1
    take_tick_back(hold, post, by=manager.user)
    assert not HeldPost.objects.stopped_there().exists()


def test_post_that_was_stopped_in_its_tool_is_not_said_to_be_out_from_an_old_page(
    marketer: Membership, instagram: Channel
) -> None:
    post = put(make_post(marketer, instagram), PostState.HANDED_OVER)
    tick_off(stop(marketer), post, by=marketer.user)

    with time_machine.travel(NIGHT + timedelta(days=30), tick=False):
        answer = answer_outcome(marketer.workspace, asked=[post.uid], not_out=[], by=marketer.user)

    assert answer.out == {}
    assert Post.objects.get(pk=post.pk).state == PostState.HANDED_OVER


def test_answer_that_a_post_did_not_go_out_is_not_taken_back_during_a_stop(
    marketer: Membership, instagram: Channel
) -> None:
    post = put(make_post(marketer, instagram), PostState.HANDED_OVER)
    with time_machine.travel(NIGHT + timedelta(days=30), tick=False):
        answer = answer_outcome(
            marketer.workspace, asked=[post.uid], not_out=[post.uid], by=marketer.user
        )
        assert list(answer.not_out) == [str(post.pk)]
        stop(marketer)
        with pytest.raises(PostsStopped):
            undo_outcome(answer, by=marketer.user)

    assert Post.objects.get(pk=post.pk).state == PostState.SCHEDULED


def test_post_that_lies_in_no_tool_is_not_ticked_off(
    marketer: Membership, instagram: Channel
) -> None:
    post = put(make_post(marketer, instagram), PostState.SCHEDULED)

    with pytest.raises(Refusal, match="no other tool"):
        tick_off(stop(marketer), post, by=marketer.user)


def test_what_another_tool_published_in_spite_of_the_stop_is_noted(
    marketer: Membership, instagram: Channel
) -> None:
    post = put(make_post(marketer, instagram), PostState.HANDED_OVER)
    stop(marketer)

    with time_machine.travel(AT, tick=False):
        answer_outcome(post.workspace, asked=[post.uid], not_out=[], by=marketer.user)

    assert Post.objects.get(pk=post.pk).state == PostState.PUBLISHED


# --- lifting -------------------------------------------------------------------------------------

AFTER: dict[HoldAnswer, dict[PostState, PostState]] = {
    HoldAnswer.AS_PLANNED: {state: state for state in WAITING},
    HoldAnswer.MOVED: {state: state for state in WAITING},
    HoldAnswer.CANCELLED: dict.fromkeys(WAITING, PostState.CANCELLED),
    HoldAnswer.DRAFT: dict.fromkeys(WAITING, PostState.DRAFT),
}


@pytest.mark.parametrize(("answer", "state"), list(product(HoldAnswer, PostState)))
def test_answer_moves_the_post_where_the_table_says(
    answer: HoldAnswer,
    state: PostState,
    marketer: Membership,
    manager: Membership,
    instagram: Channel,
) -> None:
    post = put(make_post(marketer, instagram), state)
    hold = stop(marketer)
    there = {"day": DAY + timedelta(days=1), "at": time(10)}
    to: dict[str, Any] = there if answer == HoldAnswer.MOVED else {}

    if state not in WAITING:
        with pytest.raises(Refusal, match="no longer held"):
            answer_for(hold, post, answer, by=manager.user, **to)
        return
    changed = answer_for(hold, post, answer, by=manager.user, **to)

    row = HeldPost.objects.get()
    assert changed.state == AFTER[answer][state]
    assert (row.answer, row.answered_by, row.planned_at) == (answer, manager.user, AT)
    assert row.moved_to == (AT + timedelta(hours=25) if to else None)
    assert is_held(instagram)  # nothing goes out before the lifting
    lift_hold(hold, expected=1, by=manager.user)
    assert not is_held(instagram)
    assert not Post.objects.on_hold().exists()


def test_stop_is_lifted_only_when_every_post_of_the_week_has_its_answer(
    marketer: Membership, manager: Membership, instagram: Channel
) -> None:
    soon = put(make_post(marketer, instagram), PostState.SCHEDULED)
    put(make_post(marketer, instagram, planned_on=DAY + timedelta(days=20)), PostState.SCHEDULED)
    hold = stop(manager)
    assert held_posts(hold).count() == 2
    assert list(to_answer(hold, NIGHT)) == [soon]
    with pytest.raises(Refusal, match="1 post still waits"):
        lift_hold(hold, expected=1, by=manager.user)

    answer_for(hold, soon, HoldAnswer.AS_PLANNED, by=manager.user)
    lift_hold(hold, expected=1, by=manager.user)

    record = Record.objects.get(verb="content_calendar.hold_lifted")
    assert record.changes == {"later": ["", "1"]}
    with pytest.raises(Refusal, match="lifted already"):
        lift_hold(hold, expected=2, by=manager.user)


def test_rest_goes_out_as_planned_but_for_what_has_passed(
    marketer: Membership, manager: Membership, instagram: Channel
) -> None:
    passed = put(make_post(marketer, instagram), PostState.SCHEDULED)
    coming = put(
        make_post(marketer, instagram, planned_on=DAY + timedelta(days=1)), PostState.SCHEDULED
    )
    hold = stop(manager)

    with time_machine.travel(AT, tick=False):
        assert let_rest_go(hold, [passed, coming], by=manager.user) == 1
        assert list(to_answer(hold, AT)) == [passed]


def test_post_whose_time_passed_long_ago_needs_a_new_one(
    marketer: Membership, manager: Membership, instagram: Channel
) -> None:
    post = put(make_post(marketer, instagram), PostState.SCHEDULED)
    hold = stop(manager)
    with time_machine.travel(AT + timedelta(hours=25), tick=False):
        with pytest.raises(Refusal, match="more than a day ago"):
            answer_for(hold, post, HoldAnswer.AS_PLANNED, by=manager.user)
        with pytest.raises(Refusal, match="still to come"):
            answer_for(hold, post, HoldAnswer.MOVED, by=manager.user, day=DAY, at=time(9))
        with pytest.raises(Refusal, match="Choose the day"):
            answer_for(hold, post, HoldAnswer.MOVED, by=manager.user)

    assert not HeldPost.objects.exists()


def test_held_post_is_moved_no_further_than_is_seen(
    marketer: Membership, manager: Membership, instagram: Channel
) -> None:
    post = put(make_post(marketer, instagram), PostState.SCHEDULED)
    hold = stop(manager)
    last = hold.workspace.today() + timedelta(days=400)

    with pytest.raises(Refusal, match=f"Choose a day until .*{last.year}"):
        answer_for(hold, post, HoldAnswer.MOVED, by=manager.user, day=last + timedelta(days=1))

    assert not HeldPost.objects.exists()
    answer_for(hold, post, HoldAnswer.MOVED, by=manager.user, day=last)


def test_post_approved_after_the_stop_waits_for_an_answer_too(
    contributor: Membership, manager: Membership, instagram: Channel
) -> None:
    hold = stop(manager)
    post = submit_post(make_post(contributor, instagram), by=contributor.user)
    approve(post, fingerprint=fingerprint_of(post), by=manager.user)

    with pytest.raises(Refusal, match="1 post still waits"):
        lift_hold(hold, expected=1, by=manager.user)


# --- crisis information --------------------------------------------------------------------------


def test_crisis_information_is_logged_and_not_copied(
    marketer: Membership, manager: Membership, instagram: Channel
) -> None:
    post = put(make_post(marketer, instagram), PostState.APPROVED)
    stop(marketer)

    assert mark_crisis_information(post, True, by=manager.user)
    assert not mark_crisis_information(post, True, by=manager.user)

    assert Record.objects.filter(verb="content_calendar.crisis_marked").count() == 1
    schedule_post(Post.objects.get(pk=post.pk), by=marketer.user)
    assert not duplicate_post(post, by=marketer.user).is_crisis_information
    assert mark_crisis_information(post, False, by=manager.user)
    assert look(Post.objects.get(pk=post.pk)) == HELD


def test_on_hold_is_asked_of_the_post_and_its_open_versions(
    marketer: Membership, instagram: Channel, facebook: Channel
) -> None:
    post = put(make_post(marketer, instagram, facebook), PostState.SCHEDULED)
    stop(marketer, instagram)
    hold = hold_on(post.workspace)
    PostVersion.objects.filter(post=post, channel=instagram).update(
        published_at=NIGHT, published_by=marketer.user
    )

    assert not is_on_hold(Post.objects.for_calendar().get(pk=post.pk), hold)
    assert not Post.objects.on_hold().exists()
    assert STATE_LOOKS[DerivedState.ON_HOLD].look == "bad"


# --- notices -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("reader", "admin")
def test_stop_and_lift_are_told_to_all_who_draft_and_reach_managers_in_quiet_hours(
    marketer: Membership, contributor: Membership, manager: Membership
) -> None:
    hold = stop(marketer, reason="A fire in town")
    lift_hold(hold, expected=1, by=manager.user)

    told = [
        (str(one.recipient), one.kind.removeprefix("content_calendar."))
        for one in Notification.objects.filter(kind__startswith="content_calendar.hold")
    ]
    assert sorted(told) == [
        ("Ada Admin", "hold_lifted_urgent"),
        ("Ada Admin", "hold_started_urgent"),
        ("Chris Contributor", "hold_lifted"),
        ("Chris Contributor", "hold_started"),
        ("Magnus Manager", "hold_started_urgent"),
        ("Mari Marketer", "hold_lifted"),
    ]
    first = Notification.objects.filter(kind="content_calendar.hold_started").first()
    assert first
    assert "A fire in town" in sentence_of(first)
    for code in {kind for _who, kind in told}:
        found = type_of(f"content_calendar.{code}")
        assert found.pace is None  # never put into the daily email
        assert found.breaks_quiet is code.endswith("urgent")
