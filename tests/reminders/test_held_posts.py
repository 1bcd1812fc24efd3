"""Reminders about posts while posts are stopped, and after the stop was lifted."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from content_calendar.enums import HoldAnswer, PostState
from content_calendar.models import Post
from content_calendar.services.holds import (
    answer_for,
    lift_hold,
    mark_crisis_information,
    stop_posts,
    tick_off,
)
from notifications.enums import DeliveryState
from notifications.models import Delivery, Notification
from notifications.outbox import send_due
from reminders.scheduler import fire_due
from tests.reminders.test_post_kinds import MADE, MINUTE, THREE, make, told
from workspaces.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MADE, tick=False) as clock:
        yield clock


def at(clock: time_machine.Traveller, moment: datetime) -> None:
    clock.move_to(moment)
    fire_due(now=moment)


def test_held_post_is_told_of_once_it_is_free_again(
    marketer: Membership, manager: Membership, clock: time_machine.Traveller
) -> None:
    post = make(marketer)
    fire_due(now=MADE)
    hold = stop_posts(marketer.workspace, by=manager.user)[0]
    at(clock, THREE + MINUTE)
    assert told("post_due") == []

    answer_for(hold, post, HoldAnswer.AS_PLANNED, by=manager.user)
    lift_hold(hold, expected=1, by=manager.user)
    at(clock, THREE + 2 * MINUTE)

    assert [one.recipient for one in told("post_due")] == [marketer.user]


def test_reminder_that_was_written_before_the_stop_is_not_sent(
    marketer: Membership, manager: Membership, clock: time_machine.Traveller
) -> None:
    make(marketer)
    fire_due(now=MADE)
    at(clock, THREE)
    assert told("post_due")

    stop_posts(marketer.workspace, by=manager.user)
    send_due(now=THREE + MINUTE)

    delivery = Delivery.objects.get(notification__kind="reminders.post_due", way="email")
    assert (delivery.state, delivery.last_error) == (DeliveryState.CANCELLED, "Posts are stopped.")


def test_held_post_is_not_reported_as_not_published(
    marketer: Membership, manager: Membership, clock: time_machine.Traveller
) -> None:
    make(marketer)
    fire_due(now=MADE)
    stop_posts(marketer.workspace, by=manager.user)

    at(clock, THREE + timedelta(hours=25))

    assert told("post_not_out") == []


def test_crisis_information_is_told_of_while_posts_are_stopped(
    marketer: Membership, manager: Membership, clock: time_machine.Traveller
) -> None:
    mark_crisis_information(make(marketer), True, by=manager.user)
    fire_due(now=MADE)
    stop_posts(marketer.workspace, by=manager.user)

    at(clock, THREE)

    assert told("post_due")


@pytest.mark.parametrize("is_ticked", [False, True])
def test_post_in_another_tool_is_asked_about_unless_somebody_stopped_it_there(
    is_ticked: bool, marketer: Membership, manager: Membership, clock: time_machine.Traveller
) -> None:
    post = make(marketer, PostState.HANDED_OVER)
    fire_due(now=MADE)
    hold = stop_posts(marketer.workspace, by=manager.user)[0]
    if is_ticked:
        tick_off(hold, Post.objects.select_related("workspace").get(pk=post.pk), by=marketer.user)

    at(clock, THREE + timedelta(hours=1))

    assert bool(told("post_to_confirm")) is not is_ticked


def test_email_that_tells_of_a_stop_is_not_sent_once_it_was_lifted(
    marketer: Membership, manager: Membership
) -> None:
    hold = stop_posts(marketer.workspace, by=manager.user)[0]
    lift_hold(hold, expected=1, by=manager.user)

    send_due(now=datetime.now(UTC) + MINUTE)

    states = {
        one.notification.kind: one.state
        for one in Delivery.objects.filter(recipient=marketer.user).select_related("notification")
    }
    assert states == {
        "content_calendar.hold_started": DeliveryState.CANCELLED,
        "content_calendar.hold_lifted": DeliveryState.SENT,
    }
    assert Notification.objects.count() == 2
