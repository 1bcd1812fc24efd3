"""What waits for a person on Today, and a leaver's posts."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from content_calendar.domain.fingerprint import fingerprint_of
from content_calendar.models import Post
from content_calendar.services.approval import ask_for_changes, schedule_post, submit_post
from content_calendar.services.going_out import hand_over, mark_published
from content_calendar.services.posts import remove_post
from content_calendar.services.reassignment import move_posts, posts_of
from members.reassignment import held_by
from networks.models import Channel
from notifications.todo_kinds import Todo
from tests.content_calendar.calendar_of import DAY, make_channel, make_post
from today.todo_list import todo_list_for
from workspaces.models import Membership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def _today() -> Any:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def channel(marketer: Membership) -> Channel:
    return make_channel(marketer)


def todos(member: Membership) -> list[Todo]:
    found = todo_list_for(member, today=DAY)
    return [todo for group in found.groups for todo in group.todos]


def titles(member: Membership) -> list[str]:
    return [todo.title for todo in todos(member)]


def waiting(member: Membership, channel: Channel, day: date, title: str) -> Post:
    post = make_post(member, channel, planned_on=day, title=title)
    return submit_post(post, by=member.user)


def test_managers_approve_soonest_first_by_the_lead_time(
    manager: Membership, contributor: Membership, marketer: Membership, channel: Channel
) -> None:
    waiting(contributor, channel, DAY + timedelta(days=5), "Later")
    waiting(contributor, channel, DAY + timedelta(days=2), "Sooner")

    sooner, later = todos(manager)

    assert (sooner.title, later.title) == ("Approve “Sooner”", "Approve “Later”")
    assert sooner.due_on == DAY + timedelta(days=1)
    assert "By Wed" in sooner.by
    assert "Chris Contributor asks you to." in sooner.by
    assert sooner.url.endswith("/review/")
    assert todos(marketer) == []


def test_own_removed_and_decided_posts_are_not_approved_by_oneself(
    manager: Membership, second_manager: Membership, contributor: Membership, channel: Channel
) -> None:
    day = DAY + timedelta(days=2)
    waiting(manager, channel, day, "Own")
    remove_post(waiting(contributor, channel, day, "Removed"), by=contributor.user)
    decided = waiting(contributor, channel, day, "Decided")
    ask_for_changes(
        decided, fingerprint=fingerprint_of(decided), comment="No.", by=second_manager.user
    )

    assert titles(manager) == []
    assert titles(contributor) == ["Change “Decided”"]
    assert "Siri Second asked for changes." in todos(contributor)[0].by


def test_owner_publishes_what_is_due_today_or_since(
    marketer: Membership, manager: Membership, channel: Channel
) -> None:
    for days, title in ((0, "Today"), (-3, "Old"), (1, "Tomorrow")):
        post = make_post(
            marketer, channel, planned_on=DAY + timedelta(days=days), title=title, owner=manager
        )
        schedule_post(post, by=marketer.user)

    old, today = todos(manager)

    assert (old.title, old.late) == ("Publish “Old”", "Late 3 days")
    assert today.title == "Publish “Today”"
    assert "Instagram" in today.by
    assert titles(marketer) == []
    version = Post.objects.get(title="Today").versions.select_related("post", "channel").get()
    mark_published(version, by=manager.user)
    assert titles(manager) == ["Publish “Old”"]


def test_posts_in_other_tools_are_one_question(marketer: Membership, channel: Channel) -> None:
    for number in range(2):
        post = schedule_post(make_post(marketer, channel, title=f"{number}"), by=marketer.user)
        hand_over(post, tool="Hootsuite", by=marketer.user)
    later = make_post(marketer, channel, planned_time=time(23))
    hand_over(schedule_post(later, by=marketer.user), tool="Buffer", by=marketer.user)

    (todo,) = todos(marketer)

    assert todo.title == "2 posts should be out"
    assert todo.by == "Say whether Hootsuite published them."
    assert todo_list_for(marketer, today=DAY).number == 1


def test_post_that_was_not_approved_in_time_waits_for_its_owner(
    marketer: Membership, channel: Channel
) -> None:
    make_post(marketer, channel, title="Past")
    make_post(marketer, channel, title="Coming", planned_time=time(23))

    assert titles(marketer) == ["Move or cancel “Past”"]


def test_leavers_posts_that_are_not_out_go_to_another(
    marketer: Membership, manager: Membership, channel: Channel
) -> None:
    kept = make_post(marketer, channel, owner=marketer)
    out = schedule_post(make_post(marketer, channel, owner=marketer), by=marketer.user)
    mark_published(
        out.versions.select_related("post__workspace", "channel").get(), by=marketer.user
    )
    removed = make_post(marketer, owner=marketer)
    remove_post(removed, by=marketer.user)
    assert posts_of(marketer) == 1
    assert ("content_calendar.posts", 1) in [(work.code, n) for work, n in held_by(marketer)]

    assert move_posts(marketer, manager, by=manager.user) == 1

    changed = kept.updated_at
    kept.refresh_from_db()
    assert (kept.owner, kept.revision) == (manager, 2)
    assert kept.updated_at == changed  # so the rule *no robot posts* still wants it read
    assert Post.objects.get(pk=out.pk).owner == marketer
