"""How accesses stand over time, in Python and in the database alike."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from networks.access_terms import confirm_by, confirmation_state
from networks.channel_findings import find_access, problems_of
from networks.enums import AccessLevel, ChannelState, ConfirmationState
from networks.models import AccessGrant, Channel
from networks.todos import find_at_risk, find_over, find_to_confirm
from tests.networks.accesses import make_access, make_channel
from today.todo_list import number_of_todos, todo_list_for
from workspaces.enums import Engagement
from workspaces.models import Membership, Workspace

DAY = date(2026, 11, 30)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("level", "is_external", "days"),
    [
        (AccessLevel.ADMIN, False, 90),
        (AccessLevel.ADMIN, True, 90),
        (AccessLevel.ANALYST, True, 90),
        (AccessLevel.EDITOR, False, 180),
    ],
)
def test_admins_and_externals_are_confirmed_twice_as_often(
    level: AccessLevel, is_external: bool, days: int
) -> None:
    by_on = confirm_by(DAY, level=level, is_external=is_external)

    assert by_on == DAY + timedelta(days=days)
    for passed, state in (
        (days - 15, ConfirmationState.CONFIRMED),
        (days - 14, ConfirmationState.SOON),
        (days - 1, ConfirmationState.SOON),
        (days, ConfirmationState.DUE),
        (days + 400, ConfirmationState.DUE),
    ):
        assert confirmation_state(by_on, DAY + timedelta(days=passed)) == state


@given(confirmed=DAYS, today=DAYS, level=st.sampled_from(AccessLevel), external=st.booleans())
def test_confirmation_only_ever_gets_older(
    confirmed: date, today: date, level: AccessLevel, external: bool
) -> None:
    order = [ConfirmationState.CONFIRMED, ConfirmationState.SOON, ConfirmationState.DUE]
    by_on = confirm_by(confirmed, level=level, is_external=external)
    now, later = (confirmation_state(by_on, today + timedelta(days=days)) for days in (0, 30))

    assert order.index(now) <= order.index(later)
    assert confirmation_state(None, today) == ConfirmationState.NEVER


@pytest.mark.django_db
def test_database_and_python_agree_on_what_is_due_and_over(
    workspace: Workspace, marketer: Membership, reader: Membership, contributor: Membership
) -> None:
    """The full square of who, level, how long ago and until when."""
    Membership.objects.filter(pk=contributor.pk).update(
        engagement=Engagement.EXTERNAL, engaged_until=DAY
    )
    Membership.objects.filter(pk=reader.pk).update(left_at=timezone.now())
    for days in (None, 0, 89, 90, 91, 179, 180, 181):
        confirmed_on = None if days is None else DAY - timedelta(days=days)
        for ends in (None, -1, 0, 1):
            channel = make_channel(workspace, f"@{days} {ends}")
            more: dict[str, Any] = {
                "confirmed_on": confirmed_on,
                "ends_on": None if ends is None else DAY + timedelta(days=ends),
            }
            for member in (marketer, reader, contributor, None):
                for level in (AccessLevel.ADMIN, AccessLevel.ANALYST):
                    make_access(channel, member, level=level, **more)
    grants = AccessGrant.objects.for_workspace(workspace).current()

    for day in (DAY, DAY + timedelta(days=1)):
        over = {grant.pk for grant in grants.with_people() if grant.is_over(day)}
        due = {
            grant.pk
            for grant in grants.with_people()
            if grant.pk not in over
            and grant.confirmation(day) in {ConfirmationState.NEVER, ConfirmationState.DUE}
        }
        assert over == set(grants.over(day).values_list("pk", flat=True))
        assert due == set(grants.to_confirm(day).values_list("pk", flat=True))
        assert over
        assert due


# --- findings, and the todos that follow from them ------------------------------------------------

SAFE: dict[str, Any] = {"two_factor": "yes", "holds_recovery_email": True}
SHARED: dict[str, Any] = {"login": "shared", "two_factor": "no", "holds_recovery_email": True}
CODES_OF_TODO = (
    (find_over, {"access-over"}),
    (find_to_confirm, {"access-to-confirm"}),
    (
        find_at_risk,
        {"access-one-admin", "access-without-two-factor", "access-without-recovery"},
    ),
)


@pytest.fixture
def channel(workspace: Workspace, manager: Membership) -> Channel:
    """A channel in perfect order: two admins, confirmed today, recovery held."""
    channel = make_channel(workspace, owner=manager)
    with time_machine.travel(DAY):
        make_access(channel, manager, level=AccessLevel.ADMIN, confirmed_on=DAY, **SAFE)
    return channel


def codes(channel: Channel, day: date = DAY) -> list[str]:
    grants = AccessGrant.objects.filter(channel=channel).current().with_people()
    return [problem.code for problem in problems_of(channel, list(grants), day)]


@pytest.mark.parametrize(
    ("second", "days", "expected"),
    [
        ({"level": AccessLevel.ADMIN, **SAFE}, 0, []),
        ({"level": AccessLevel.EDITOR, **SAFE}, 0, ["access-one-admin"]),
        ({"level": AccessLevel.ADMIN, **SHARED}, 0, ["access-without-two-factor"]),
        ({"level": AccessLevel.ADMIN, **SAFE}, 89, []),
        ({"level": AccessLevel.ADMIN, **SAFE}, 90, ["access-to-confirm"]),
        ({"level": AccessLevel.ADMIN, **SAFE, "ends_on": DAY}, 0, []),
        ({"level": AccessLevel.ADMIN, **SAFE, "ends_on": DAY}, 1, ["access-over"]),
    ],
)
def test_channel_is_to_be_looked_at_for_one_reason_at_a_time(
    channel: Channel,
    manager: Membership,
    marketer: Membership,
    second: dict[str, Any],
    days: int,
    expected: list[str],
) -> None:
    make_access(channel, marketer, confirmed_on=DAY, **second)
    day = DAY + timedelta(days=days)

    assert codes(channel, day) == expected
    assert [one.code for one in find_access(channel.workspace, [channel], day)] == expected
    with time_machine.travel(day):
        for find, its in CODES_OF_TODO:
            assert list(find(manager)) == ([channel] if its & set(expected) else [])


def test_nobody_holds_recovery(channel: Channel, manager: Membership, admin: Membership) -> None:
    AccessGrant.objects.update(holds_recovery_email=False)
    make_access(channel, admin, level=AccessLevel.ADMIN, confirmed_on=DAY)

    assert codes(channel) == ["access-without-recovery"]
    assert list(find_at_risk(manager)) == [channel]

    Channel.objects.update(state=ChannelState.CLOSED)
    channel.refresh_from_db()
    assert codes(channel) == []
    assert list(find_at_risk(manager)) == []


def test_todos_are_the_owners_and_without_one_the_admins(
    channel: Channel, manager: Membership, admin: Membership, marketer: Membership
) -> None:
    assert list(find_at_risk(manager)) == [channel]
    assert list(find_at_risk(admin)) == []

    Channel.objects.update(owner=None)
    assert list(find_at_risk(admin)) == [channel]
    assert list(find_at_risk(manager)) == list(find_at_risk(marketer)) == []


def test_owner_who_may_not_edit_channels_leaves_it_to_the_admins(
    channel: Channel, contributor: Membership, admin: Membership
) -> None:
    Channel.objects.update(owner=contributor)

    assert list(find_at_risk(contributor)) == []
    assert list(find_at_risk(admin)) == [channel]


def test_todos_are_counted_channel_by_channel_whatever_the_risk(
    channel: Channel, workspace: Workspace, manager: Membership, admin: Membership
) -> None:
    """The number beside *Today* is the length of the list."""
    other = make_channel(workspace, "@other", owner=manager)
    for member in (manager, admin):
        make_access(other, member, level=AccessLevel.ADMIN, confirmed_on=DAY, **SHARED)
    third = make_channel(workspace, "@third", owner=manager)
    make_access(third, admin, confirmed_on=DAY)

    with time_machine.travel(DAY):
        found = todo_list_for(manager, today=DAY)
        assert number_of_todos(manager, today=DAY) == found.number == 3
    assert sum(len(group.todos) for group in found.groups) == 3
