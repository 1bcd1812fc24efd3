"""Going out by hand, handing over to another tool, and the question afterwards."""

from datetime import UTC, datetime, time

import pytest
import time_machine

from content_calendar.enums import PostState
from content_calendar.findings import PostFinding
from content_calendar.models import OutcomeAnswer, Post, PostVersion
from content_calendar.services.approval import cancel_post, make_draft, schedule_post
from content_calendar.services.going_out import (
    answer_outcome,
    hand_over,
    hand_over_many,
    mark_published,
    set_published_address,
    take_back,
    take_back_published,
    undo_outcome,
)
from content_calendar.services.posts import save_post
from content_calendar.services.states import TransitionError
from core.exceptions import Refusal
from core.findings import Severity
from networks.models import Channel
from tests.at_once import at_once
from tests.content_calendar.calendar_of import make_channel, make_post
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db

AFTER = datetime(2026, 11, 24, 12, tzinfo=UTC)
ADDRESS = "https://instagram.example/p/1"


@pytest.fixture
def channels(marketer: Membership) -> list[Channel]:
    return [make_channel(marketer), make_channel(marketer, "facebook")]


@pytest.fixture
def post(marketer: Membership, channels: list[Channel]) -> Post:
    """A scheduled post on two channels."""
    return schedule_post(make_post(marketer, *channels), by=marketer.user)


def handed_over(member: Membership, *channels: Channel, tool: str = "Hootsuite") -> Post:
    post = schedule_post(make_post(member, *channels), by=member.user)
    return hand_over(post, tool=tool, by=member.user)


def versions_of(post: Post) -> list[PostVersion]:
    return list(post.versions.select_related("post__workspace", "channel"))


def state_of(post: Post) -> str:
    return Post.objects.get(pk=post.pk).state


# --- published ------------------------------------------------------------------------------------


def test_post_is_published_when_all_of_its_channels_are(post: Post, marketer: Membership) -> None:
    instagram, facebook = versions_of(post)

    mark_published(instagram, by=marketer.user, address=ADDRESS)
    assert state_of(post) == PostState.SCHEDULED
    assert Post.objects.partly_published().get() == post

    mark_published(facebook, by=marketer.user)
    assert state_of(post) == PostState.PUBLISHED
    instagram.refresh_from_db()
    assert (instagram.published_by, instagram.published_address) == (marketer.user, ADDRESS)


def test_version_is_marked_once(post: Post, marketer: Membership, manager: Membership) -> None:
    version = versions_of(post)[0]
    mark_published(version, by=marketer.user, address=ADDRESS)

    with pytest.raises(Refusal, match="already"):
        mark_published(version, by=manager.user, address="https://other.example/")

    version.refresh_from_db()
    assert (version.published_by, version.published_address) == (marketer.user, ADDRESS)


def test_post_that_may_not_go_out_is_not_marked(
    marketer: Membership, channels: list[Channel]
) -> None:
    version = versions_of(make_post(marketer, *channels))[0]

    with pytest.raises(Refusal, match="not approved or scheduled"):
        mark_published(version, by=marketer.user)

    version.refresh_from_db()
    assert version.published_at is None


def test_only_marketers_and_the_owner_mark_a_post(
    post: Post, contributor: Membership, marketer: Membership
) -> None:
    version = versions_of(post)[0]
    with pytest.raises(Refusal, match="wrote or owns"):
        mark_published(version, by=contributor.user)

    Post.objects.filter(pk=post.pk).update(owner=contributor)

    assert mark_published(versions_of(post)[0], by=contributor.user).published_at


@pytest.mark.django_db(transaction=True)
def test_two_who_mark_the_last_two_channels_at_once_leave_a_published_post(
    post: Post, marketer: Membership, manager: Membership
) -> None:
    instagram, facebook = versions_of(post)

    outcomes = at_once(
        lambda: mark_published(instagram, by=marketer.user),
        lambda: mark_published(facebook, by=manager.user),
    )

    assert all(isinstance(one, PostVersion) for one in outcomes), outcomes
    assert state_of(post) == PostState.PUBLISHED


@pytest.mark.django_db(transaction=True)
def test_two_who_mark_the_same_channel_at_once_mark_it_once(
    post: Post, marketer: Membership, manager: Membership
) -> None:
    version, same = versions_of(post)[0], versions_of(post)[0]

    outcomes = at_once(
        lambda: mark_published(version, by=marketer.user),
        lambda: mark_published(same, by=manager.user),
    )

    assert sorted(isinstance(one, Refusal) for one in outcomes) == [False, True], outcomes


def test_published_taken_back_waits_where_it_waited(
    marketer: Membership, channels: list[Channel]
) -> None:
    by_hand = schedule_post(make_post(marketer, channels[0]), by=marketer.user)
    elsewhere = handed_over(marketer, channels[0])
    for post in (by_hand, elsewhere):
        mark_published(versions_of(post)[0], by=marketer.user, address=ADDRESS)
        assert state_of(post) == PostState.PUBLISHED

        take_back_published(versions_of(post)[0], by=marketer.user)

        assert versions_of(post)[0].published_at is None
        with pytest.raises(Refusal):
            take_back_published(versions_of(post)[0], by=marketer.user)

    assert (state_of(by_hand), state_of(elsewhere)) == (
        PostState.SCHEDULED,
        PostState.HANDED_OVER,
    )


def test_address_is_written_later_for_what_is_out_only(post: Post, marketer: Membership) -> None:
    version = versions_of(post)[0]
    with pytest.raises(Refusal):
        set_published_address(version, ADDRESS, by=marketer.user)

    mark_published(version, by=marketer.user)
    set_published_address(version, ADDRESS, by=marketer.user)

    version.refresh_from_db()
    assert version.published_address == ADDRESS


def test_partly_published_post_is_neither_a_draft_nor_cancelled(
    post: Post, marketer: Membership
) -> None:
    mark_published(versions_of(post)[0], by=marketer.user)
    post.refresh_from_db()

    for deed in (make_draft, cancel_post):
        with pytest.raises(Refusal, match="out on a channel"):
            deed(post, by=marketer.user)


def test_post_is_published_when_the_channel_that_is_not_out_is_taken_off(
    post: Post, marketer: Membership, channels: list[Channel]
) -> None:
    mark_published(versions_of(post)[0], by=marketer.user)
    post.refresh_from_db()

    saved = save_post(
        post, {"versions": {channels[0]: {}}}, expected=post.revision, by=marketer.user
    )

    assert saved.state == PostState.PUBLISHED


# --- handed over ----------------------------------------------------------------------------------


def test_handed_over_post_says_where_it_lies_by_whom_and_since_when(
    post: Post, marketer: Membership
) -> None:
    with time_machine.travel(AFTER, tick=False):
        hand_over(post, tool="Buffer", by=marketer.user)

    post.refresh_from_db()
    assert post.state == PostState.HANDED_OVER
    assert (post.handed_over_to, post.handed_over_by, post.handed_over_at) == (
        "Buffer",
        marketer.user,
        AFTER,
    )
    assert take_back(post, by=marketer.user).state == PostState.SCHEDULED
    assert (post.handed_over_to, post.handed_over_by, post.handed_over_at) == ("", None, None)
    with pytest.raises(TransitionError):
        take_back(post, by=marketer.user)


def test_blocker_draft_and_outsider_hand_over_nothing(
    post: Post, marketer: Membership, contributor: Membership, channels: list[Channel]
) -> None:
    blocker = PostFinding(severity=Severity.BLOCKER, code="test", sentence="Too long.")
    with pytest.raises(Refusal, match="Too long"):
        hand_over(post, tool="Buffer", by=marketer.user, findings=[blocker])
    with pytest.raises(Refusal, match="wrote or owns"):
        hand_over(post, tool="Buffer", by=contributor.user)
    with pytest.raises(TransitionError):
        hand_over(make_post(marketer, *channels), tool="Buffer", by=marketer.user)

    assert state_of(post) == PostState.SCHEDULED


def test_many_are_handed_over_but_for_those_that_cannot_be(
    post: Post, marketer: Membership, channels: list[Channel]
) -> None:
    draft = make_post(marketer, *channels, title="Draft")

    done, left_out = hand_over_many([post, draft], tool="Sprout", by=marketer.user)

    assert done == [post]
    assert left_out == [
        "Draft was left out. This post is still a draft. Submit it for approval or schedule it first."
    ]
    assert (state_of(post), state_of(draft)) == (PostState.HANDED_OVER, PostState.DRAFT)


# --- the question afterwards ----------------------------------------------------------------------


@time_machine.travel(AFTER, tick=False)
def test_answer_publishes_all_but_those_that_did_not_go_out(
    workspace: Workspace, marketer: Membership, manager: Membership, channels: list[Channel]
) -> None:
    out, not_out, not_asked = (handed_over(marketer, *channels) for _number in range(3))

    answer = answer_outcome(
        workspace, asked=[out.uid, not_out.uid], not_out=[not_out.uid], by=manager.user
    )

    assert [state_of(one) for one in (out, not_out, not_asked)] == [
        PostState.PUBLISHED,
        PostState.SCHEDULED,
        PostState.HANDED_OVER,
    ]
    assert {version.published_by for version in versions_of(out)} == {manager.user}
    assert Post.objects.get(pk=not_out.pk).handed_over_to == ""
    assert (len(answer.out), len(answer.not_out)) == (1, 1)

    assert undo_outcome(answer, by=manager.user) == 2

    assert [state_of(one) for one in (out, not_out)] == [PostState.HANDED_OVER] * 2
    assert {version.published_at for version in versions_of(out)} == {None}
    back = Post.objects.get(pk=not_out.pk)
    assert (back.handed_over_to, back.handed_over_by) == ("Hootsuite", marketer.user)
    with pytest.raises(Refusal, match="already"):
        undo_outcome(answer, by=manager.user)


@time_machine.travel(AFTER, tick=False)
def test_answer_leaves_alone_what_is_not_due_or_was_dealt_with(
    workspace: Workspace, marketer: Membership, channels: list[Channel]
) -> None:
    later = handed_over(marketer, channels[0])
    save_post(later, {"planned_time": time(18)}, expected=later.revision, by=marketer.user)
    taken_back = handed_over(marketer, channels[0])
    take_back(taken_back, by=marketer.user)

    answer = answer_outcome(
        workspace, asked=[later.uid, taken_back.uid], not_out=[], by=marketer.user
    )

    assert (answer.out, answer.not_out) == ({}, {})
    assert (state_of(later), state_of(taken_back)) == (
        PostState.HANDED_OVER,
        PostState.SCHEDULED,
    )


@time_machine.travel(AFTER, tick=False)
def test_answer_marks_the_channels_whose_minute_has_passed(
    workspace: Workspace, marketer: Membership, channels: list[Channel]
) -> None:
    instagram, facebook = channels
    post = handed_over(marketer, instagram)
    save_post(
        post,
        {"versions": {instagram: {}, facebook: {"own_time": time(18)}}},
        expected=post.revision,
        by=marketer.user,
    )

    answer_outcome(workspace, asked=[post.uid], not_out=[], by=marketer.user)

    assert [version.is_published for version in versions_of(post)] == [True, False]
    assert state_of(post) == PostState.HANDED_OVER


@time_machine.travel(AFTER, tick=False)
def test_posts_of_another_workspace_are_not_answered_for(
    workspace: Workspace, stranger: Membership, marketer: Membership
) -> None:
    theirs = handed_over(stranger, make_channel(stranger))

    answer_outcome(workspace, asked=[theirs.uid], not_out=[], by=marketer.user)

    assert state_of(theirs) == PostState.HANDED_OVER
    assert OutcomeAnswer.objects.get().out == {}


@time_machine.travel(AFTER, tick=False)
def test_undo_leaves_what_was_changed_since(
    workspace: Workspace, marketer: Membership, channels: list[Channel]
) -> None:
    post, other = (handed_over(marketer, channels[0]) for _number in range(2))
    answer = answer_outcome(
        workspace, asked=[post.uid, other.uid], not_out=[other.uid], by=marketer.user
    )
    take_back_published(versions_of(post)[0], by=marketer.user)
    other.refresh_from_db()
    make_draft(other, by=marketer.user)

    assert undo_outcome(answer, by=marketer.user) == 0

    assert (state_of(post), state_of(other)) == (PostState.HANDED_OVER, PostState.DRAFT)
