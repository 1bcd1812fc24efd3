"""Which role may do what. The crawl believes this table, so here it stands a second time."""

import pytest

from workspaces.enums import Role
from workspaces.models import Membership
from workspaces.permissions import ROLE_PERMISSIONS, roles_with
from workspaces.permissions import Permission as May

#: Each permission with the lowest role that holds it; every role above holds it as well.
LOWEST = {
    May.VIEW: Role.READER,
    May.TICK_MILESTONE: Role.CONTRIBUTOR,
    May.DRAFT_POSTS: Role.CONTRIBUTOR,
    May.EDIT_STRATEGY: Role.MARKETER,
    May.EDIT_CALENDAR: Role.MARKETER,
    May.EDIT_ROADMAP: Role.MARKETER,
    May.EDIT_CHANNELS: Role.MARKETER,
    May.SEE_ACTIVITY: Role.MARKETER,
    May.STOP_POSTS: Role.MARKETER,
    May.REVIEW_STRATEGY: Role.MANAGER,
    May.LIFT_HOLD: Role.MANAGER,
    May.APPROVE_POSTS: Role.MANAGER,
    May.SHARE_STRATEGY: Role.MANAGER,
    May.DRAFT_POLICIES: Role.MANAGER,
    May.PUBLISH_POLICIES: Role.ADMIN,
    May.MANAGE_MEMBERS: Role.ADMIN,
    May.SEE_STATUS: Role.MANAGER,
    May.EDIT_SETTINGS: Role.ADMIN,
    May.APPROVE_ALONE: Role.ADMIN,
}
LADDER = list(Role)


@pytest.mark.parametrize("permission", list(May))
def test_permission_is_held_from_its_role_upwards(permission: May) -> None:
    upwards = LADDER[LADDER.index(LOWEST[permission]) :]

    assert [role for role in Role if permission in ROLE_PERMISSIONS[role]] == upwards
    assert roles_with(permission) == upwards


@pytest.mark.parametrize("permission", list(May))
def test_member_can_what_the_role_holds(
    permission: May,
    reader: Membership,
    contributor: Membership,
    marketer: Membership,
    manager: Membership,
    admin: Membership,
) -> None:
    members = [reader, contributor, marketer, manager, admin]
    able = members[LADDER.index(LOWEST[permission]) :]

    assert [member for member in members if member.can(permission)] == able
    assert set(Membership.objects.who_can(permission)) == set(able)
