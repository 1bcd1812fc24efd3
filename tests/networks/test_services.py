"""Writing channels."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from activity.models import Record
from core.exceptions import Conflict, Refusal
from core.rows import RowRemoved, TooMany
from networks.enums import ChannelState, OperatorKind
from networks.models import Channel
from networks.services import (
    PEOPLE,
    add_channel,
    clean,
    move_channel,
    place_of,
    remove_channel,
    restore_channel,
    save_channel,
)
from workspaces.models import Membership, Workspace


@pytest.fixture
def channels(workspace: Workspace, marketer: Membership) -> list[Channel]:
    return [
        add_channel(workspace, {"network": "x", "handle": handle}, by=marketer.user)
        for handle in ("@one", "@two", "@three")
    ]


def handles(workspace: Workspace) -> list[str]:
    rows = Channel.objects.for_workspace(workspace).live().in_order()
    return [channel.handle for channel in rows]


def test_add_puts_the_channel_last_and_leaves_a_record(
    workspace: Workspace, marketer: Membership, channels: list[Channel]
) -> None:
    added = add_channel(workspace, {"network": "tiktok", "handle": "@new"}, by=marketer.user)

    assert handles(workspace) == ["@one", "@two", "@three", "@new"]
    record = Record.objects.latest("pk")
    assert (record.verb, record.subject_uid) == ("networks.channel_added", str(added.uid))


def test_add_with_the_same_uid_adds_once(workspace: Workspace, marketer: Membership) -> None:
    uid = uuid.uuid4()

    first = add_channel(workspace, {"network": "x", "handle": "@a"}, by=marketer.user, uid=uid)
    again = add_channel(workspace, {"network": "x", "handle": "@a"}, by=marketer.user, uid=uid)

    assert first.pk == again.pk
    assert Record.objects.count() == 1


def test_add_with_a_person_of_another_workspace_is_refused(
    workspace: Workspace, marketer: Membership, stranger: Membership
) -> None:
    with pytest.raises(Refusal):
        add_channel(
            workspace, {"network": "x", "handle": "@a", "owner": stranger}, by=marketer.user
        )

    assert not Channel.objects.exists()


def test_save_writes_what_differs_and_says_so(
    marketer: Membership, manager: Membership, channels: list[Channel]
) -> None:
    channel = channels[0]

    save_channel(
        channel,
        {"handle": "@one", "owner": manager, "state": ChannelState.FROZEN},
        expected=1,
        by=marketer.user,
    )

    channel.refresh_from_db()
    assert (channel.owner, channel.state, channel.revision) == (manager, "frozen", 2)
    assert channel.updated_by == marketer.user
    assert channel.updated_at > channel.created_at
    record = Record.objects.latest("pk")
    assert record.verb == "networks.channel_saved"
    assert record.changes == {"owner": ["", manager.name], "state": ["Active", "Frozen"]}


def test_save_of_the_same_changes_nothing(marketer: Membership, channels: list[Channel]) -> None:
    before = Record.objects.count()

    save_channel(channels[0], {"handle": "@one"}, expected=1, by=marketer.user)

    channels[0].refresh_from_db()
    assert channels[0].revision == 1
    assert Record.objects.count() == before


def test_save_after_somebody_else_changes_nothing(
    marketer: Membership, manager: Membership, channels: list[Channel]
) -> None:
    save_channel(channels[0], {"handle": "@first"}, expected=1, by=manager.user)

    with pytest.raises(Conflict):
        save_channel(channels[0], {"handle": "@second"}, expected=1, by=marketer.user)

    channels[0].refresh_from_db()
    assert channels[0].handle == "@first"


def test_save_of_a_removed_channel_is_refused(
    marketer: Membership, channels: list[Channel]
) -> None:
    remove_channel(channels[0], by=marketer.user)
    channels[0].refresh_from_db()

    with pytest.raises(RowRemoved):
        save_channel(channels[0], {"handle": "@x"}, expected=2, by=marketer.user)


@pytest.mark.parametrize("part", PEOPLE)
def test_save_with_a_person_of_another_workspace_is_refused(
    part: str, marketer: Membership, stranger: Membership, channels: list[Channel]
) -> None:
    with pytest.raises(Refusal, match="somebody of this workspace"):
        save_channel(channels[0], {part: stranger}, expected=1, by=marketer.user)

    channels[0].refresh_from_db()
    assert getattr(channels[0], part) is None


def test_remove_and_restore_raise_the_revision_and_name_who(
    marketer: Membership, manager: Membership, channels: list[Channel]
) -> None:
    channel, other = channels[0], channels[1]
    remove_channel(other, by=marketer.user)
    first = channel.updated_at

    remove_channel(channel, by=manager.user)
    channel.refresh_from_db()
    second = channel.updated_at
    assert (channel.revision, channel.updated_by) == (2, manager.user)

    restore_channel(channel, by=marketer.user)
    channel.refresh_from_db()
    assert (channel.revision, channel.updated_by) == (3, marketer.user)
    assert first < second < channel.updated_at
    other.refresh_from_db()
    assert other.removed_at is not None


def test_add_with_the_same_uid_brings_a_removed_one_back(
    workspace: Workspace, marketer: Membership
) -> None:
    uid = uuid.uuid4()
    values = {"network": "x", "handle": "@a"}
    remove_channel(add_channel(workspace, values, by=marketer.user, uid=uid), by=marketer.user)

    again = add_channel(workspace, values, by=marketer.user, uid=uid)

    assert (again.removed_at, again.revision) == (None, 3)
    assert handles(workspace) == ["@a"]


def test_move_and_place_know_nothing_of_other_workspaces(
    workspace: Workspace, marketer: Membership, stranger: Membership, channels: list[Channel]
) -> None:
    theirs = add_channel(
        stranger.workspace, {"network": "x", "handle": "@theirs"}, by=stranger.user
    )

    move_channel(channels[0], 3)

    theirs.refresh_from_db()
    assert (theirs.position, place_of(theirs)) == (1, 1)
    assert [place_of(channel) for channel in channels] == [3, 1, 2]


def test_remove_and_restore_keep_the_place(
    workspace: Workspace, marketer: Membership, channels: list[Channel]
) -> None:
    remove_channel(channels[1], by=marketer.user)
    remove_channel(channels[1], by=marketer.user)
    without = handles(workspace)
    restore_channel(channels[1], by=marketer.user)
    restore_channel(channels[1], by=marketer.user)

    assert without == ["@one", "@three"]
    assert handles(workspace) == ["@one", "@two", "@three"]
    verbs = [record.verb for record in Record.objects.order_by("pk")]
    assert verbs[3:] == ["networks.channel_removed", "networks.channel_restored"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (1, ["@three", "@one", "@two"]),
        (2, ["@one", "@three", "@two"]),
        (3, ["@one", "@two", "@three"]),
        (0, ["@three", "@one", "@two"]),
        (99, ["@one", "@two", "@three"]),
    ],
)
def test_move_puts_it_at_the_place(
    workspace: Workspace, channels: list[Channel], place: int, expected: list[str]
) -> None:
    moved = move_channel(channels[2], place)

    assert handles(workspace) == expected
    assert moved == place_of(channels[2]) == expected.index("@three") + 1


def test_move_leaves_removed_ones_alone(
    workspace: Workspace, marketer: Membership, channels: list[Channel]
) -> None:
    remove_channel(channels[1], by=marketer.user)

    move_channel(channels[0], 2)

    assert handles(workspace) == ["@three", "@one"]


def test_place_of_a_removed_channel_is_the_end(
    marketer: Membership, channels: list[Channel]
) -> None:
    remove_channel(channels[0], by=marketer.user)

    assert [place_of(channel) for channel in channels] == [3, 1, 2]


# --- positions ----------------------------------------------------------------------------------


def positions(workspace: Workspace) -> list[tuple[int, str]]:
    rows = Channel.objects.for_workspace(workspace).live().in_order()
    return [(channel.position, channel.handle) for channel in rows]


def test_positions_of_live_channels_have_no_gaps(
    workspace: Workspace, marketer: Membership, channels: list[Channel]
) -> None:
    remove_channel(channels[1], by=marketer.user)
    without = positions(workspace)
    add_channel(workspace, {"network": "x", "handle": "@four"}, by=marketer.user)
    more = positions(workspace)
    restore_channel(channels[1], by=marketer.user)

    assert without == [(1, "@one"), (2, "@three")]
    assert more == [(1, "@one"), (2, "@three"), (3, "@four")]
    assert positions(workspace) == [(1, "@one"), (2, "@two"), (3, "@three"), (4, "@four")]


def test_move_of_a_channel_read_before_another_move_keeps_positions_dense(
    workspace: Workspace, channels: list[Channel]
) -> None:
    stale = Channel.objects.get(pk=channels[0].pk)  # at 1
    move_channel(channels[0], 3)

    move_channel(stale, 1)

    assert positions(workspace) == [(1, "@one"), (2, "@two"), (3, "@three")]


def test_move_of_a_removed_channel_is_refused(
    workspace: Workspace, marketer: Membership, channels: list[Channel]
) -> None:
    remove_channel(channels[0], by=marketer.user)

    with pytest.raises(RowRemoved):
        move_channel(channels[0], 2)

    assert positions(workspace) == [(1, "@two"), (2, "@three")]


def test_no_more_channels_than_the_bound(
    workspace: Workspace,
    marketer: Membership,
    channels: list[Channel],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("core.rows.ROWS_AT_MOST", 3)

    with pytest.raises(TooMany, match="3 here already"):
        add_channel(workspace, {"network": "x"}, by=marketer.user)
    remove_channel(channels[0], by=marketer.user)
    add_channel(workspace, {"network": "x", "handle": "@four"}, by=marketer.user)
    with pytest.raises(TooMany):
        restore_channel(channels[0], by=marketer.user)

    assert [handle for _position, handle in positions(workspace)] == ["@two", "@three", "@four"]


# --- what a channel must satisfy ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"network": "other"}, "other_network"),
        ({"network": "other", "other_network": ""}, "other_network"),
        ({"address": "ftp://example.org"}, "address"),
        ({"address": "javascript:alert(1)"}, "address"),
    ],
)
def test_what_a_channel_cannot_be_is_refused_by_field_and_never_written(
    workspace: Workspace,
    marketer: Membership,
    channels: list[Channel],
    wrong: dict[str, str],
    field: str,
) -> None:
    with pytest.raises(ValidationError) as refused:
        clean(workspace, wrong)
    with pytest.raises(Refusal):
        add_channel(workspace, {"network": "x", **wrong}, by=marketer.user)
    with pytest.raises(Refusal):
        save_channel(channels[0], wrong, expected=1, by=marketer.user)

    assert list(refused.value.message_dict) == [field]
    assert Channel.objects.filter(network="x", address="").count() == 3


def test_name_of_another_network_goes_with_it(workspace: Workspace, marketer: Membership) -> None:
    values = {"network": "other", "other_network": "A podcast"}
    channel = add_channel(workspace, values, by=marketer.user)

    saved = save_channel(channel, {"network": "x"}, expected=1, by=marketer.user)

    assert (saved.network, saved.other_network) == ("x", "")


def test_only_the_operator_that_is_meant_is_written(
    marketer: Membership, channels: list[Channel]
) -> None:
    team = {"operator_kind": OperatorKind.TEAM, "operator_name": "The desk"}
    run_by = save_channel(channels[0], {"operator": marketer}, expected=1, by=marketer.user)
    assert run_by.operator == marketer

    run_by = save_channel(channels[0], team, expected=2, by=marketer.user)
    assert (run_by.operator, run_by.operator_name) == (None, "The desk")

    person = {"operator_kind": OperatorKind.PERSON}
    run_by = save_channel(channels[0], person, expected=3, by=marketer.user)
    assert (run_by.operator, run_by.operator_name) == (None, "")


def test_channel_stored_before_the_rules_can_still_change_hands(
    marketer: Membership, manager: Membership, channels: list[Channel]
) -> None:
    Channel.objects.filter(pk=channels[0].pk).update(network="other", address="ftp://example.org")

    saved = save_channel(channels[0], {"owner": manager}, expected=1, by=marketer.user)

    assert (saved.owner, saved.address) == (manager, "ftp://example.org")


# --- not known yet ------------------------------------------------------------------------------


def test_value_takes_not_known_yet_back(
    workspace: Workspace, marketer: Membership, manager: Membership
) -> None:
    unknown = {"network": "x", "not_known": ("owner", "backup")}
    channel = add_channel(workspace, unknown, by=marketer.user)
    assert channel.not_known == ("owner", "backup")

    saved = save_channel(channel, {"owner": manager}, expected=1, by=marketer.user)

    assert saved.not_known == ("backup",)
    assert Record.objects.latest("pk").changes == {
        "owner": ["", manager.name],
        "not_known": [["Owner", "Backup"], ["Backup"]],
    }


def test_team_is_not_asked_which_person_it_is(workspace: Workspace, marketer: Membership) -> None:
    unknown = {"network": "x", "not_known": ("operator",)}
    channel = add_channel(workspace, unknown, by=marketer.user)

    team = {"operator_kind": OperatorKind.TEAM, "operator_name": "The desk"}
    saved = save_channel(channel, team, expected=1, by=marketer.user)

    assert (channel.not_known, saved.not_known) == (("operator",), ())


def test_what_is_answered_is_never_added_as_not_known(
    workspace: Workspace, marketer: Membership
) -> None:
    values = {"network": "x", "owner": marketer, "not_known": ("owner", "handle", "backup")}

    assert add_channel(workspace, values, by=marketer.user).not_known == ("backup",)
