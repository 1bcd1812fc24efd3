"""Writing the access register."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from activity.models import Record
from core.exceptions import Conflict, Refusal
from core.rows import RowRemoved
from networks.models import AccessGrant, Channel
from networks.services_access import (
    add_access,
    confirm_accesses,
    end_access,
    restore_access,
    save_access,
    take_back,
)
from tests.networks.accesses import make_access, make_channel, said
from workspaces.models import Membership, Workspace

DAY = date(2026, 11, 30)


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return make_channel(workspace)


@pytest.fixture
def access(channel: Channel, reader: Membership) -> AccessGrant:
    return make_access(channel, reader)


def verbs() -> list[str]:
    return list(Record.objects.order_by("pk").values_list("verb", flat=True))


def test_added_access_is_confirmed_and_logged_and_a_second_press_adds_none(
    channel: Channel, reader: Membership, marketer: Membership
) -> None:
    first = add_access(channel, said(reader), by=marketer.user)
    again = add_access(channel, said(reader), by=marketer.user, uid=first.uid)

    assert again == first
    assert first.confirmed_on == channel.workspace.today()
    assert first.confirmed_by == marketer.user
    assert verbs() == ["networks.access_added"]


def test_same_person_level_and_login_is_noted_once(channel: Channel, marketer: Membership) -> None:
    first = add_access(channel, said(None), by=marketer.user)
    with pytest.raises(Refusal, match="already"):
        add_access(channel, said(None, outsider_name="METTE krogh"), by=marketer.user)
    end_access(first, by=marketer.user)
    second = add_access(channel, said(None), by=marketer.user)
    with pytest.raises(Refusal, match="added again"):
        restore_access(first, by=marketer.user)

    assert list(AccessGrant.objects.current()) == [second]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"outsider_name": ""}, "Choose a member"),
        ({"outsider_company": ""}, "Name the company"),
        ({"password_place": "Sommer2026!"}, "looks like a password"),
        ({"starts_on": DAY, "ends_on": DAY - timedelta(days=1)}, "not before the first"),
        ({"outsider_email": "rita@fjordlys.example"}, "address of"),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(
    channel: Channel,
    reader: Membership,
    marketer: Membership,
    wrong: dict[str, object],
    sentence: str,
) -> None:
    with pytest.raises(Refusal, match=sentence):
        add_access(channel, said(None, **wrong), by=marketer.user)

    assert not AccessGrant.objects.exists()
    assert verbs() == []


def test_people_of_elsewhere_and_leavers_get_no_access(
    channel: Channel, stranger: Membership, reader: Membership, marketer: Membership
) -> None:
    reader.left_at = timezone.now()
    for member in (stranger, reader):
        with pytest.raises(Refusal):
            add_access(channel, said(member), by=marketer.user)


def test_saving_confirms_and_names_what_changed(access: AccessGrant, marketer: Membership) -> None:
    values = said(access.member, level="admin")
    saved = save_access(access, values, expected=1, by=marketer.user)

    assert (saved.level, saved.revision, saved.confirmed_by) == ("admin", 2, marketer.user)
    assert Record.objects.get().changes == {"level": ["Editor or publisher", "Admin"]}
    with pytest.raises(Conflict):
        save_access(access, said(access.member), expected=1, by=marketer.user)


def test_saving_what_stands_there_only_confirms_it(
    access: AccessGrant, marketer: Membership
) -> None:
    save_access(access, said(access.member), expected=1, by=marketer.user)
    save_access(access, said(access.member), expected=2, by=marketer.user)

    assert verbs() == ["networks.access_confirmed"]


def test_access_that_becomes_anothers_is_found_with_that_person(
    access: AccessGrant, manager: Membership, marketer: Membership
) -> None:
    saved = save_access(access, said(manager), expected=1, by=marketer.user)

    assert saved.person_uid == manager.uid


def test_ended_access_is_kept_and_comes_back(access: AccessGrant, marketer: Membership) -> None:
    assert end_access(access, by=marketer.user)
    assert not end_access(access, by=marketer.user)
    with pytest.raises(RowRemoved):
        save_access(access, said(access.member), expected=2, by=marketer.user)
    assert restore_access(access, by=marketer.user)
    assert not restore_access(access, by=marketer.user)

    assert AccessGrant.objects.current().get() == access
    assert verbs() == ["networks.access_ended", "networks.access_restored"]


def test_one_sitting_confirms_and_ends_and_leaves_what_changed_meanwhile(
    channel: Channel, marketer: Membership, reader: Membership, manager: Membership
) -> None:
    right, ended, stale = (make_access(channel, one) for one in (marketer, reader, manager))
    also_right = make_access(channel, None)
    with time_machine.travel(DAY):
        sitting = confirm_accesses(
            channel.workspace,
            right={right.uid: 1, stale.uid: 7, also_right.uid: 1},
            ended={ended.uid: 1},
            by=marketer.user,
        )

    assert (sitting.confirmed, sitting.ended) == ([right, also_right], [ended])
    assert sitting.changed_meanwhile == [stale]
    stands = {one.pk: one for one in AccessGrant.objects.all()}
    assert stands[right.pk].confirmed_on == DAY
    assert stands[ended.pk].ended_by == marketer.user
    assert stands[stale.pk].confirmed_on is None
    assert Record.objects.get(verb="networks.accesses_confirmed").changes == {"number": [None, 2]}


def test_sitting_does_not_touch_what_is_of_elsewhere(
    access: AccessGrant, other_workspace: Workspace, stranger: Membership
) -> None:
    sitting = confirm_accesses(other_workspace, right={}, ended={access.uid: 1}, by=stranger.user)

    assert sitting.ended == []
    assert AccessGrant.objects.current().count() == 1


def test_taking_back_counts_what_was_still_there(
    channel: Channel, reader: Membership, marketer: Membership
) -> None:
    grants = [make_access(channel, reader), make_access(channel, reader, level="admin")]
    end_access(grants[0], by=marketer.user)

    assert take_back(channel.workspace, grants, by=marketer.user) == 1
