"""Kinds of reminder about posts: at their minute, before it, and when it has passed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail

from content_calendar.enums import PostState
from content_calendar.models import Post, PostVersion
from content_calendar.services.posts import remove_post
from notifications.enums import DeliveryState, Pace
from notifications.models import Delivery, Notification
from notifications.notification_types import sentence_of, why_of
from notifications.outbox import send_due
from notifications.preferences import Preferences
from reminders.models import Firing
from reminders.scheduler import fire_due, fire_moment
from reminders.timed_kinds import TIMED_KINDS, MomentKind
from tests.at_once import at_once
from tests.content_calendar.calendar_of import make_channel, make_post
from workspaces.models import Membership, Workspace

#: A post for three in the afternoon of Wednesday 20 January 2027 in Oslo, made the day before.
MADE = datetime(2027, 1, 19, 11, tzinfo=UTC)
THREE = datetime(2027, 1, 20, 14, tzinfo=UTC)
NIGHT = datetime(2027, 1, 19, 23, 30, tzinfo=UTC)
HALF = timedelta(minutes=30)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _made(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Emails go out by themselves here: the daily one has tests of its own."""
    monkeypatch.setattr(Preferences, "pace_of", lambda *_args: Pace.AT_ONCE)
    with time_machine.travel(MADE, tick=False):
        yield


def make(member: Membership, state: PostState = PostState.APPROVED, **values: Any) -> Post:
    said = {"planned_on": date(2027, 1, 20), "planned_time": time(15), "title": "Lights", **values}
    made = make_post(member, make_channel(member), **said)
    handed = {"handed_over_to": "Buffer", "handed_over_at": MADE, "handed_over_by": member.user}
    more: dict[str, Any] = handed if state == PostState.HANDED_OVER else {}
    Post.objects.filter(pk=made.pk).update(state=state, **more)
    made.refresh_from_db()
    return made


def told(kind: str) -> list[Notification]:
    return list(Notification.objects.filter(kind=f"reminders.{kind}").order_by("pk"))


def words(notice: Notification) -> str:
    return sentence_of(notice).replace("\u00a0", " ")


def test_post_is_told_half_an_hour_before_and_at_its_minute(marketer: Membership) -> None:
    post = make(marketer)

    fire_due(now=THREE - HALF - MINUTE)
    assert told("post_soon") == []
    fire_due(now=THREE - HALF)
    fire_due(now=THREE - MINUTE)
    assert told("post_due") == []
    fire_due(now=THREE)
    fire_due(now=THREE + MINUTE)

    (soon,), (due,) = told("post_soon"), told("post_due")
    assert words(soon) == "“Lights” goes out at 15:00 (Oslo) on Instagram."
    assert words(due) == "Publish now: “Lights” on Instagram."
    assert due.recipient == marketer.user
    assert why_of(due) == "You wrote this post, and nobody owns it."
    assert due.url == post.get_absolute_url()
    assert due.due_at == THREE


def test_post_made_later_than_half_an_hour_before_is_told_at_its_minute_only(
    marketer: Membership,
) -> None:
    with time_machine.travel(THREE - HALF + MINUTE, tick=False):
        make(marketer)

    fire_due(now=THREE - HALF + 2 * MINUTE)
    fire_due(now=THREE)

    assert (len(told("post_soon")), len(told("post_due"))) == (0, 1)


def test_owner_is_told_in_place_of_the_author(marketer: Membership, reader: Membership) -> None:
    make(marketer, owner=reader)

    fire_due(now=THREE)

    (due,) = told("post_due")
    assert due.recipient == reader.user
    assert why_of(due) == "You own this post."


def test_post_that_is_moved_is_told_anew(marketer: Membership) -> None:
    make(marketer)
    fire_due(now=THREE)
    later = THREE + timedelta(hours=2)
    Post.objects.update(planned_at=later)
    PostVersion.objects.update(goes_out_at=later)

    fire_due(now=later)

    assert len(told("post_due")) == 2
    assert send_due(now=later)["cancelled"] >= 1


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        (PostState.DRAFT, {"post_missed"}),
        (PostState.IN_REVIEW, {"post_missed"}),
        (PostState.SCHEDULED, {"post_due"}),
        (PostState.HANDED_OVER, {"post_to_confirm"}),
        (PostState.PUBLISHED, set()),
        (PostState.CANCELLED, set()),
    ],
)
def test_state_of_a_post_decides_what_is_told(
    marketer: Membership, state: PostState, kinds: set[str]
) -> None:
    make(marketer, state)

    fire_due(now=THREE + HALF)

    found = Notification.objects.values_list("kind", flat=True)
    assert {kind.removeprefix("reminders.") for kind in found} == kinds


def test_removed_post_is_not_told(marketer: Membership) -> None:
    remove_post(make(marketer), by=marketer.user)

    fire_due(now=THREE)

    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("published", "It is published."),
        ("cancelled", "The post is no longer as it was."),
        ("removed", "The post was removed."),
        ("version out", "It is published."),
        ("moved", "It was moved to another time."),
        ("given", "Somebody else owns it now."),
    ],
)
def test_email_at_the_minute_looks_again(
    marketer: Membership, reader: Membership, deed: str, reason: str
) -> None:
    post = make(marketer)
    fire_due(now=THREE)
    versions = PostVersion.objects.all()
    deeds: dict[str, Any] = {
        "published": lambda: Post.objects.update(state=PostState.PUBLISHED),
        "cancelled": lambda: Post.objects.update(state=PostState.CANCELLED),
        "removed": lambda: remove_post(post, by=marketer.user),
        "version out": lambda: versions.update(published_at=THREE, published_by=marketer.user),
        "moved": lambda: versions.update(goes_out_at=THREE + HALF),
        "given": lambda: Post.objects.update(owner=reader),
    }
    deeds[deed]()

    assert send_due(now=THREE) == {"cancelled": 1}

    assert Delivery.objects.get().last_error == reason
    assert mail.outbox == []


def test_missed_post_in_review_is_told_to_author_and_approvers(
    marketer: Membership, manager: Membership, reader: Membership
) -> None:
    make(marketer, PostState.IN_REVIEW)

    fire_due(now=THREE)
    fire_due(now=THREE + MINUTE)

    assert {one.recipient: one.params["why"] for one in told("post_missed")} == {
        marketer.user: "author",
        manager.user: "approver",
    }
    words_of = words(told("post_missed")[0])
    assert words_of == "“Lights” was to go out at 15:00 (Oslo), and nobody has approved it."
    Post.objects.update(state=PostState.APPROVED)
    assert send_due(now=THREE + MINUTE) == {"cancelled": 2}


def test_post_is_told_on_the_day_of_its_approval_and_once_that_hour_has_passed(
    marketer: Membership, manager: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes out on Friday at 15:00, and a day before it must be approved."""
    fire_due(now=MADE)
    make(marketer, PostState.IN_REVIEW, planned_on=date(2027, 1, 21))

    fire_due(now=NIGHT)
    fire_due(now=THREE - MINUTE)
    (due,) = told("approval_due")
    assert due.recipient == manager.user
    assert words(due) == "“Lights” must be approved by 15:00 (Oslo) today."
    assert told("approval_late") == []
    fire_due(now=THREE)
    fire_due(now=THREE + MINUTE)

    assert {one.recipient for one in told("approval_late")} == {marketer.user, manager.user}
    Post.objects.update(state=PostState.APPROVED)
    assert send_due(now=THREE + MINUTE) == {"cancelled": 3}


def test_draft_whose_hour_of_approval_comes_is_told_to_its_author(
    marketer: Membership, manager: Membership
) -> None:
    fire_due(now=MADE)
    make(marketer, PostState.DRAFT, planned_on=date(2027, 1, 21))

    fire_due(now=NIGHT)

    assert [one.recipient for one in told("approval_due")] == [marketer.user]


def test_posts_of_the_day_are_told_in_one_list_a_person(
    marketer: Membership, reader: Membership
) -> None:
    fire_due(now=MADE)
    make(marketer, planned_time=time(9), title="First")
    Post.objects.create(
        workspace=marketer.workspace,
        title="Second",
        state=PostState.SCHEDULED,
        planned_on=date(2027, 1, 20),
        planned_time=time(15),
        planned_at=THREE,
        created_by=marketer.user,
    )

    fire_due(now=NIGHT)
    fire_due(now=NIGHT + MINUTE)

    (notice,) = told("posts_today")
    assert words(notice) == "On Wed 20 Jan these posts of yours go out: “First”, “Second”."
    assert notice.recipient == marketer.user
    Post.objects.update(state=PostState.CANCELLED)
    send_due(now=NIGHT + timedelta(hours=9))
    assert Delivery.objects.get(notification=notice).state == DeliveryState.CANCELLED


def test_post_that_is_more_than_a_day_late_is_listed_not_told(
    marketer: Membership, workspace: Workspace
) -> None:
    fire_due(now=MADE)
    make(marketer)
    Post.objects.update(created_at=MADE)

    fire_due(now=THREE + timedelta(hours=25))

    assert told("post_due") == []
    (expired,) = Firing.objects.for_workspace(workspace).expired()
    assert (expired.kind, expired.due_at) == ("post_due", THREE)
    assert fire_due(now=THREE + timedelta(hours=25)).get("expired") is None


def test_moment_that_another_scheduler_has_fired_is_lost(marketer: Membership) -> None:
    """Both looked before either of them fired."""
    make(marketer)
    kind = TIMED_KINDS["post_due"]
    assert isinstance(kind, MomentKind)
    (mine,), (theirs,) = (list(kind.find(MADE, THREE)) for _scheduler in range(2))

    assert fire_moment(kind, theirs, now=THREE) == "told"
    assert fire_moment(kind, mine, now=THREE) == "lost"

    assert Firing.objects.count() == len(told("post_due")) == 1


@pytest.mark.django_db(transaction=True)
def test_schedulers_at_once_tell_each_post_once(
    marketer: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = make_channel(marketer)
    for number in range(10):
        said = {"planned_on": date(2027, 1, 20), "planned_time": time(15)}
        make_post(marketer, channel, title=f"Number {number}", **said)
    Post.objects.update(state=PostState.APPROVED)

    tallies = at_once(*[lambda: fire_due(now=THREE)] * 3)

    assert not [one for one in tallies if isinstance(one, Exception)]
    assert len(told("post_due")) == 10
    assert Firing.objects.filter(kind="post_due").count() == 10


def test_lookup_costs_the_same_for_thirty(
    marketer: Membership, django_assert_max_num_queries: Any
) -> None:
    """What has been fired is looked at in every tick."""
    channel = make_channel(marketer)
    for number in range(30):
        said = {"planned_on": date(2027, 1, 20), "planned_time": time(15)}
        make_post(marketer, channel, title=f"Number {number}", **said)
    Post.objects.update(state=PostState.APPROVED)
    fire_due(now=THREE)

    with django_assert_max_num_queries(20):
        assert fire_due(now=THREE + MINUTE) == {}


def test_what_came_before_reminders_were_kept_is_nobodys_failure(
    marketer: Membership, workspace: Workspace
) -> None:
    make(marketer)

    with time_machine.travel(THREE + timedelta(hours=25), tick=False):
        fire_due(now=THREE + timedelta(hours=25))

    assert not Firing.objects.expired().exists()
    assert told("post_due") == []


def test_post_that_nobody_published_in_a_day_is_told_once_more(marketer: Membership) -> None:
    make(marketer)
    fire_due(now=THREE)

    fire_due(now=THREE + timedelta(days=1))
    fire_due(now=THREE + timedelta(days=1) + MINUTE)

    (notice,) = told("post_not_out")
    assert "a day ago, and nobody says that it is out" in words(notice)
    Post.objects.update(state=PostState.PUBLISHED)
    send_due(now=THREE + timedelta(days=1))
    assert Delivery.objects.get(notification=notice).last_error == "It is published."
