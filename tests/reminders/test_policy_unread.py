"""A policy that somebody has not read."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from notifications.models import Notification
from notifications.notification_types import sentence_of, type_of, why_of
from policies.models import Policy, PolicyVersion
from policies.services.policies import Publication, add_policy, publish_policy
from policies.services.reading import acknowledge
from reminders.kinds.policy_unread import TO_ADMIN
from reminders.scheduler import fire_due
from tests.factories import MembershipFactory
from workspaces.enums import Role
from workspaces.models import Membership

#: Noon in Oslo, the day on which it is published.
PUBLISHED = datetime(2027, 1, 11, 11, tzinfo=UTC)
PERSON = "reminders.policy_unread"


@pytest.fixture
def version(admin: Membership, reader: Membership, marketer: Membership) -> PolicyVersion:
    """Published by the admin; the marketer has read it, the reader has not."""
    Membership.objects.update(joined_at=PUBLISHED - timedelta(days=400))
    before = PUBLISHED - timedelta(days=1)
    with time_machine.travel(before, tick=False):
        fire_due(now=before)
    with time_machine.travel(PUBLISHED, tick=False):
        policy = add_policy(
            admin.workspace, {"title": "Posting", "text": "## A\n\nAsk."}, by=admin.user
        )
        made = publish_policy(
            policy,
            Publication(read_by_on=date(2027, 1, 18)),
            expected=policy.revision,
            by=admin.user,
        )
        for member in (admin, marketer):
            acknowledge(made, by=member)
    return made


def told_after(days: int) -> list[tuple[str, str]]:
    """Let so many days pass, and return who was told what in the end."""
    then = PUBLISHED + timedelta(days=days)
    with time_machine.travel(then, tick=False):
        fire_due(now=then)
    found = Notification.objects.filter(kind__in=[PERSON, TO_ADMIN]).order_by("pk")
    return [(one.kind, one.recipient.name) for one in found if one.recipient]


def test_person_is_told_after_three_days_and_once(version: PolicyVersion) -> None:
    assert told_after(2) == []
    assert told_after(3) == [(PERSON, "Rita Reader")]
    assert told_after(4) == [(PERSON, "Rita Reader")]

    notice = Notification.objects.get(kind=PERSON)
    said = sentence_of(notice).replace("\u00a0", " ")
    assert "Posting" in said
    assert "by Mon 18 Jan" in said
    assert notice.url == version.policy.get_absolute_url()
    assert why_of(notice).startswith("It binds you")


def test_its_admin_is_told_after_seven_days_by_name(
    version: PolicyVersion, manager: Membership
) -> None:
    MembershipFactory.create(
        workspace=manager.workspace, role=Role.ADMIN, joined_at=manager.joined_at
    )
    Membership.objects.update(joined_at=PUBLISHED - timedelta(days=400))
    told_after(6)
    told = told_after(7)

    assert told.count((TO_ADMIN, "Ada Admin")) == 1
    assert [name for kind, name in told if kind == TO_ADMIN] == ["Ada Admin"]
    assert "Rita Reader" in sentence_of(Notification.objects.get(kind=TO_ADMIN))


def test_who_publishes_no_more_is_not_told_but_the_other_admins(
    version: PolicyVersion, admin: Membership
) -> None:
    other = MembershipFactory.create(workspace=admin.workspace, role=Role.ADMIN)
    Membership.objects.update(joined_at=PUBLISHED - timedelta(days=400))
    Membership.objects.filter(pk=admin.pk).update(role=Role.MANAGER)
    acknowledge_by(version, other)

    assert (TO_ADMIN, other.user.name) in told_after(7)
    assert (TO_ADMIN, "Ada Admin") not in told_after(8)


def test_who_joins_later_is_asked_from_then_on(version: PolicyVersion) -> None:
    new = MembershipFactory.create(
        workspace=version.policy.workspace, joined_at=PUBLISHED + timedelta(days=5)
    )

    assert (PERSON, new.user.name) not in told_after(7)
    assert (PERSON, new.user.name) in told_after(8)


def test_a_day_on_which_nothing_ran_is_made_good(version: PolicyVersion) -> None:
    assert told_after(10) == [(PERSON, "Rita Reader"), (TO_ADMIN, "Ada Admin")]


def test_who_has_read_it_is_told_nothing_any_more(
    version: PolicyVersion, reader: Membership
) -> None:
    told_after(7)
    to_person, to_admin = Notification.objects.filter(kind__in=[PERSON, TO_ADMIN]).order_by("pk")
    later = PUBLISHED + timedelta(days=8)
    with time_machine.travel(later, tick=False):
        assert [type_of(one.kind).recheck(one) for one in (to_person, to_admin)] == ["", ""]

        acknowledge(version, by=reader)

        assert "read" in str(type_of(PERSON).recheck(to_person))
        assert "read" in str(type_of(TO_ADMIN).recheck(to_admin))
    to_person.refresh_from_db()
    assert to_person.read_at == later


def test_archived_policy_is_asked_of_nobody(version: PolicyVersion) -> None:
    Policy.objects.update(archived_at=PUBLISHED)

    assert told_after(7) == []


def acknowledge_by(version: PolicyVersion, member: Membership) -> None:
    with time_machine.travel(PUBLISHED, tick=False):
        acknowledge(version, by=member)
