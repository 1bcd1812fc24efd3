"""Adding, saving, moving, removing and restoring posts."""

from datetime import UTC, date, datetime, time

import pytest

from content_calendar.domain.moments import NoSuchTime
from content_calendar.enums import PostState
from content_calendar.services.posts import (
    add_post,
    move_post,
    remove_post,
    restore_post,
    save_post,
)
from core.exceptions import Conflict, Refusal
from core.rows import RowRemoved
from tests.content_calendar.calendar_of import DAY, make_channel, make_post
from workspaces.models import Membership, Workspace


def test_post_with_a_day_is_a_draft_and_without_one_an_idea(marketer: Membership) -> None:
    draft = make_post(marketer)
    idea = make_post(marketer, planned_on=None, planned_time=None)

    assert draft.state == PostState.DRAFT
    assert draft.planned_at == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert (idea.state, idea.planned_at) == (PostState.IDEA, None)


def test_the_same_uid_makes_one_post(workspace: Workspace, marketer: Membership) -> None:
    first = make_post(marketer)

    again = add_post(workspace, {"text": "Other"}, by=marketer.user, uid=first.uid)

    assert again == first
    assert again.text == first.text


def test_version_goes_out_at_its_own_time_or_at_the_posts(marketer: Membership) -> None:
    instagram, facebook = make_channel(marketer), make_channel(marketer, "facebook")
    post = make_post(marketer, versions={instagram: {}, facebook: {"own_time": time(18, 30)}})

    moments = {version.channel: version.goes_out_at for version in post.versions.all()}

    assert moments[instagram] == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert moments[facebook] == datetime(2026, 11, 24, 17, 30, tzinfo=UTC)


def test_moving_keeps_the_time_on_the_clock_across_a_clock_change(marketer: Membership) -> None:
    post = make_post(marketer, make_channel(marketer), planned_on=date(2027, 3, 27))
    assert post.planned_at == datetime(2027, 3, 27, 8, tzinfo=UTC)

    moved = move_post(post, date(2027, 3, 29), by=marketer.user)

    assert moved.planned_at == datetime(2027, 3, 29, 7, tzinfo=UTC)
    assert moved.versions.get().goes_out_at == moved.planned_at


def test_time_that_the_clocks_skip_is_refused_and_an_hour_later_offered(
    marketer: Membership,
) -> None:
    post = make_post(marketer)

    with pytest.raises(NoSuchTime) as refused:
        move_post(post, date(2027, 3, 28), time(2, 30), by=marketer.user)

    assert refused.value.instead == time(3, 30)
    post.refresh_from_db()
    assert post.planned_on == DAY


def test_save_over_a_newer_revision_is_a_conflict(marketer: Membership) -> None:
    post = make_post(marketer)
    save_post(post, {"title": "Lights"}, expected=1, by=marketer.user)

    with pytest.raises(Conflict):
        save_post(post, {"title": "Lamps"}, expected=1, by=marketer.user)


def test_save_that_changes_nothing_writes_nothing(marketer: Membership) -> None:
    post = make_post(marketer)

    saved = save_post(post, {"text": post.text}, expected=7, by=marketer.user)

    assert saved.revision == 1
    assert not saved.snapshots.exists()


def test_idea_that_is_put_on_a_day_becomes_a_draft_and_back(marketer: Membership) -> None:
    idea = make_post(marketer, planned_on=None, planned_time=None)

    planned = move_post(idea, DAY, by=marketer.user)
    assert (planned.state, planned.planned_time) == (PostState.DRAFT, time(9))

    assert move_post(planned, None, by=marketer.user).state == PostState.IDEA


def test_channel_of_another_workspace_is_refused(
    marketer: Membership, stranger: Membership
) -> None:
    theirs = make_channel(stranger)

    with pytest.raises(Refusal):
        make_post(marketer, theirs)


def test_removed_post_is_not_saved_until_it_is_back(marketer: Membership) -> None:
    post = make_post(marketer)
    assert remove_post(post, by=marketer.user)
    assert not remove_post(post, by=marketer.user)

    with pytest.raises(RowRemoved):
        save_post(post, {"title": "Lights"}, expected=2, by=marketer.user)

    assert restore_post(post, by=marketer.user)
    assert not restore_post(post, by=marketer.user)
