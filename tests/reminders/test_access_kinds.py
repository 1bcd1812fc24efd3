"""Reminders about the access register: to confirm, and ending soon."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from networks.models import AccessGrant, Channel
from networks.services_access import confirm_accesses, end_access
from notifications.enums import Pace
from notifications.models import Delivery, Notification
from notifications.notification_types import sentence_of, why_of
from notifications.outbox import send_due
from notifications.preferences import Preferences
from reminders.scheduler import fire_due
from tests.networks.accesses import make_access, make_channel
from workspaces.models import Membership, Workspace

#: The day before, and half past midnight of the day in Oslo.
NOON = datetime(2027, 1, 19, 11, tzinfo=UTC)
DAY = date(2027, 1, 20)
NIGHT = datetime(2027, 1, 19, 23, 30, tzinfo=UTC)
ONE = timedelta(days=1)
MORNING = timedelta(hours=9)


@pytest.fixture(autouse=True)
def begun(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The workspace has its schedules since the day before; emails go out by themselves."""
    monkeypatch.setattr(Preferences, "pace_of", lambda *_args: Pace.AT_ONCE)
    with time_machine.travel(NOON, tick=False) as clock:
        fire_due(now=NOON)
        clock.move_to(NIGHT)
        yield


@pytest.fixture
def channel(workspace: Workspace, marketer: Membership, admin: Membership) -> Channel:
    return make_channel(workspace, owner=marketer)


def told(kind: str) -> list[Notification]:
    return list(Notification.objects.filter(kind=f"reminders.{kind}").order_by("pk"))


def errors() -> set[str]:
    return set(Delivery.objects.values_list("last_error", flat=True)) - {""}


@pytest.mark.parametrize(("days", "number"), [(179, 0), (180, 1), (500, 1)])
def test_access_to_confirm_is_told_to_the_owner_once(
    channel: Channel, reader: Membership, marketer: Membership, days: int, number: int
) -> None:
    make_access(channel, reader, confirmed_on=DAY - timedelta(days=days))

    fire_due(now=NIGHT)
    fire_due(now=NIGHT)

    found = told("access_to_confirm")
    assert [one.recipient for one in found] == [marketer.user] * number
    for notice in found:
        assert sentence_of(notice) == "Confirm who has access to Instagram: @fjordlys."
        assert why_of(notice) == "You own this channel."


def test_waiting_longer_is_not_told_again_and_confirming_cancels_the_email(
    channel: Channel, reader: Membership, marketer: Membership
) -> None:
    grant = make_access(channel, reader, confirmed_on=DAY - timedelta(days=180))
    fire_due(now=NIGHT)
    fire_due(now=NIGHT + ONE)
    assert len(told("access_to_confirm")) == 1

    confirm_accesses(channel.workspace, right={grant.uid: 1}, ended={}, by=marketer.user)
    send_due(now=NIGHT + MORNING)
    assert errors() == {"It was confirmed meanwhile."}


def test_without_an_owner_who_can_the_admins_are_told(
    channel: Channel, reader: Membership, contributor: Membership, admin: Membership
) -> None:
    Channel.objects.update(owner=contributor)
    make_access(channel, reader)

    fire_due(now=NIGHT)

    [notice] = told("access_to_confirm")
    assert notice.recipient == admin.user
    assert why_of(notice).startswith("You look after the people")


@pytest.mark.parametrize(("days", "number"), [(15, 0), (14, 1), (0, 1), (-1, 0)])
def test_access_of_somebody_outside_is_told_two_weeks_before_its_end(
    channel: Channel, marketer: Membership, days: int, number: int
) -> None:
    grant = make_access(channel, None, confirmed_on=DAY, ends_on=DAY + timedelta(days=days))

    fire_due(now=NIGHT)
    fire_due(now=NIGHT)

    found = told("channel_access_ends")
    assert [one.recipient for one in found] == [marketer.user] * number
    if number:
        assert "Mette Krogh (Krogh Foto) to Instagram: @fjordlys ends on" in sentence_of(found[0])
        end_access(grant, by=marketer.user)
        send_due(now=NIGHT + MORNING)
        assert errors() == {"This access was ended."}


def test_moved_end_is_told_anew(channel: Channel) -> None:
    make_access(channel, None, confirmed_on=DAY, ends_on=DAY + timedelta(days=3))
    fire_due(now=NIGHT)
    AccessGrant.objects.update(ends_on=DAY + timedelta(days=10))
    send_due(now=NIGHT + MORNING)
    assert errors() == {"It was moved to another day."}

    fire_due(now=NIGHT + ONE)
    assert len(told("channel_access_ends")) == 2


def test_end_of_an_employees_access_is_told_to_nobody(channel: Channel, reader: Membership) -> None:
    make_access(channel, reader, confirmed_on=DAY, ends_on=DAY + timedelta(days=3))

    fire_due(now=NIGHT)

    assert told("channel_access_ends") == []
