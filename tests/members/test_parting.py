"""Changing members, handing over and parting, by services."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from activity.models import Record
from core.exceptions import Conflict
from members import reassignment
from members.reassignment import Work, held_by
from members.services import LastAdmin, MembersRefusal, change_member, reassign, remove
from notifications.enums import DeliveryState
from notifications.models import Delivery
from notifications.services import write_to
from tests.conftest import ClientAs
from tests.factories import MembershipFactory
from workspaces.enums import Engagement, Role
from workspaces.models import Membership, Workspace, membership_of

AS_EMPLOYEE: dict[str, Any] = {
    "engagement": Engagement.EMPLOYEE,
    "company": "",
    "engaged_until": None,
}


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> dict[int, int]:
    """Papers on desks, as work to hand over: member → number."""
    papers: dict[int, int] = {}

    def move(from_: Membership, to: Membership, *, by: User) -> int:
        number = papers.pop(from_.pk, 0)
        papers[to.pk] = papers.get(to.pk, 0) + number
        return number

    work = Work("papers", "Papers", lambda member: papers.get(member.pk, 0), move)
    monkeypatch.setattr(reassignment.WORKS, "_entries", {"papers": work})
    return papers


def test_change_writes_what_changed(admin: Membership, reader: Membership) -> None:
    change_member(reader, by=admin.user, role=Role.MANAGER, **AS_EMPLOYEE)

    reader.refresh_from_db()
    assert reader.role == Role.MANAGER
    assert Record.objects.get().changes == {"role": ["reader", "manager"]}


def test_change_to_the_same_writes_nothing(admin: Membership, reader: Membership) -> None:
    change_member(reader, by=admin.user, role=Role.READER, **AS_EMPLOYEE)

    assert not Record.objects.exists()


def test_change_to_an_employee_forgets_company_and_end(
    admin: Membership, reader: Membership
) -> None:
    until = reader.workspace.today() + timedelta(days=9)
    external: dict[str, Any] = {
        "engagement": Engagement.EXTERNAL,
        "company": "Nordlicht",
        "engaged_until": until,
    }
    change_member(reader, by=admin.user, role=Role.READER, **external)

    employee = {**external, "engagement": Engagement.EMPLOYEE}
    change_member(reader, by=admin.user, role=Role.READER, **employee)

    reader.refresh_from_db()
    assert (reader.company, reader.engaged_until) == ("", None)
    assert Record.objects.latest("pk").changes == {
        "engagement": ["external", "employee"],
        "company": ["Nordlicht", ""],
        "engaged_until": [until.isoformat(), None],
    }


def test_change_of_one_who_has_left_is_refused(admin: Membership, reader: Membership) -> None:
    Membership.objects.filter(pk=reader.pk).update(left_at=timezone.now())

    with pytest.raises(MembersRefusal, match="has left the workspace already"):
        change_member(reader, by=admin.user, role=Role.MANAGER, **AS_EMPLOYEE)


def test_role_above_the_own_is_refused(manager: Membership, reader: Membership) -> None:
    with pytest.raises(MembersRefusal):
        change_member(reader, by=manager.user, role=Role.ADMIN, **AS_EMPLOYEE)

    reader.refresh_from_db()
    assert reader.role == Role.READER


def test_last_admin_stays(admin: Membership, manager: Membership) -> None:
    soon = admin.workspace.today() + timedelta(days=3)

    with pytest.raises(LastAdmin):
        change_member(admin, by=admin.user, role=Role.MANAGER, **AS_EMPLOYEE)
    with pytest.raises(LastAdmin):
        change_member(
            admin,
            by=admin.user,
            role=Role.ADMIN,
            engagement=Engagement.EXTERNAL,
            company="Agency",
            engaged_until=soon,
        )
    with pytest.raises(LastAdmin):
        remove(admin, by=admin.user)

    admin.refresh_from_db()
    assert (admin.role, admin.left_at, admin.engagement) == (Role.ADMIN, None, "employee")
    assert not Record.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_admins_who_demote_each_other_at_once_leave_one(admin: Membership) -> None:
    other = MembershipFactory.create(workspace=admin.workspace, role=Role.ADMIN)
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def demote(victim: Membership, by: User) -> None:
        start.wait()
        try:
            change_member(victim, by=by, role=Role.READER, **AS_EMPLOYEE)
            outcomes.append("done")
        except MembersRefusal:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=demote, args=(other, admin.user)),
        threading.Thread(target=demote, args=(admin, other.user)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done", "refused"]
    assert Membership.objects.filter(role=Role.ADMIN).count() == 1


def test_removal_ends_access_and_letters(admin: Membership, reader: Membership) -> None:
    (notice,) = write_to(
        "x@example.org", workspace=reader.workspace, kind="members.invited", source="x"
    )
    Delivery.objects.create(
        notification=notice,
        workspace=reader.workspace,
        source_key=notice.source_key,
        recipient=reader.user,
    )

    remove(reader, by=admin.user)

    assert membership_of(reader.user, "fjordlys") is None
    assert Delivery.objects.get(recipient=reader.user).state == DeliveryState.CANCELLED
    assert Delivery.objects.get(recipient=None).state == DeliveryState.WAITING
    assert Record.objects.get().verb == "members.removed"
    with pytest.raises(MembersRefusal):
        remove(reader, by=admin.user)


def test_leaving_says_so(admin: Membership, reader: Membership) -> None:
    remove(reader, by=reader.user)

    assert Record.objects.get().verb == "members.left"


def test_reassignment_moves_and_is_written_down(
    admin: Membership, reader: Membership, manager: Membership, desk: dict[int, int]
) -> None:
    desk[reader.pk] = 3
    assert [(work.code, number) for work, number in held_by(reader)] == [("papers", 3)]

    assert reassign(reader, to={"papers": manager}, by=admin.user) == 3

    assert desk == {manager.pk: 3}
    assert Record.objects.get().verb == "members.handed_over"


def test_reassignment_page_asks_for_a_receiver(
    admin: Membership,
    reader: Membership,
    manager: Membership,
    desk: dict[int, int],
    client_as: ClientAs,
) -> None:
    desk[reader.pk] = 3
    url = reverse("members:reassign", args=[reader.workspace.slug, reader.uid])
    client = client_as(admin)

    asked = client.post(url, {"everything": ""}).content.decode()
    assert "Choose who takes it over." in asked
    assert "Nobody yet" not in asked
    assert desk == {reader.pk: 3}

    assert client.post(url, {"everything": str(manager.uid)}).status_code == 302
    assert desk == {manager.pk: 3}


def test_reassignment_refuses_strangers_leavers_and_oneself(
    admin: Membership,
    reader: Membership,
    manager: Membership,
    stranger: Membership,
    desk: dict[int, int],
) -> None:
    desk[reader.pk] = 3
    Membership.objects.filter(pk=manager.pk).update(left_at=timezone.now())
    manager.refresh_from_db()

    for receiver, sentence in (
        (stranger, "another member of this workspace"),
        (reader, "another member of this workspace"),
        (manager, "has left the workspace"),
    ):
        with pytest.raises(MembersRefusal, match=sentence):
            reassign(reader, to={"papers": receiver}, by=admin.user)

    assert desk == {reader.pk: 3}


def test_reassignment_of_nothing_writes_nothing(
    admin: Membership, reader: Membership, manager: Membership, desk: dict[int, int]
) -> None:
    assert reassign(reader, to={"papers": manager}, by=admin.user) == 0

    assert not Record.objects.exists()


def test_reassignment_of_what_somebody_changed_meanwhile_is_refused(
    admin: Membership,
    reader: Membership,
    manager: Membership,
    desk: dict[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def too_late(from_: Membership, to: Membership, *, by: User) -> int:
        raise Conflict

    work = Work("plans", "Plans", lambda member: 1, too_late)
    monkeypatch.setitem(reassignment.WORKS._entries, "plans", work)
    desk[reader.pk] = 3

    with pytest.raises(MembersRefusal, match="Nothing was moved"):
        reassign(reader, to={"papers": manager, "plans": manager}, by=admin.user)

    assert not Record.objects.exists()


def test_removal_gives_the_work_away(
    admin: Membership, reader: Membership, manager: Membership, desk: dict[int, int]
) -> None:
    desk[reader.pk] = 3

    remove(reader, by=admin.user, to={"papers": manager})

    assert desk == {manager.pk: 3}
    assert [record.verb for record in Record.objects.order_by("pk")] == [
        "members.handed_over",
        "members.removed",
    ]


def test_removal_and_reassignment_are_one(
    admin: Membership, manager: Membership, desk: dict[int, int]
) -> None:
    desk[admin.pk] = 1

    with pytest.raises(LastAdmin):
        remove(admin, by=admin.user, to={"papers": manager})

    assert not Record.objects.exists()
    admin.refresh_from_db()
    assert admin.left_at is None


def test_an_admin_of_another_workspace_or_who_left_does_not_count(
    admin: Membership, stranger: Membership
) -> None:
    other = MembershipFactory.create(workspace=admin.workspace, role=Role.ADMIN)
    remove(other, by=admin.user)

    with pytest.raises(LastAdmin):
        remove(admin, by=admin.user)


def test_closed_account_and_leaver_are_active_nowhere(
    admin: Membership, manager: Membership, reader: Membership
) -> None:
    User.objects.filter(pk=manager.user_id).update(is_active=False)
    Membership.objects.filter(pk=reader.pk).update(left_at=timezone.now())

    here = Membership.objects.for_workspace(admin.workspace)

    assert list(here.active()) == [admin]
    assert [member for member in here if member.is_active] == [admin]
    assert membership_of(manager.user, "fjordlys") is None


def test_external_comes_in_through_the_last_day_there(workspace: Workspace) -> None:
    workspace.timezone = "Pacific/Auckland"
    workspace.save()
    today = workspace.today()
    last_day = MembershipFactory.create(workspace=workspace, engaged_until=today)
    over = MembershipFactory.create(workspace=workspace, engaged_until=today - timedelta(days=1))

    assert list(Membership.objects.active()) == [last_day]
    assert (last_day.is_active, over.is_active) == (True, False)
    assert membership_of(over.user, "fjordlys") is None
