"""Handing over a leaver's channels."""

import pytest
from django.utils import timezone

from activity.models import Record
from members.reassignment import WORKS, held_by
from networks.models import Channel
from workspaces.models import Membership, Workspace


def give_all(from_: Membership, to: Membership, by: Membership) -> dict[str, int]:
    mine = [work for work in WORKS if work.code.startswith("networks.")]
    return {work.code: work.move(from_, to, by=by.user) for work in mine}


@pytest.fixture
def channels(workspace: Workspace, marketer: Membership, manager: Membership) -> list[Channel]:
    return [
        Channel.objects.create(workspace=workspace, network="x", handle="@one", owner=marketer),
        Channel.objects.create(
            workspace=workspace, network="x", handle="@two", owner=marketer, backup=manager
        ),
        Channel.objects.create(
            workspace=workspace, network="x", handle="@three", owner=manager, backup=marketer
        ),
        Channel.objects.create(workspace=workspace, network="x", handle="@four", operator=marketer),
        Channel.objects.create(
            workspace=workspace,
            network="x",
            handle="@gone",
            owner=marketer,
            removed_at=timezone.now(),
        ),
    ]


def test_held_counts_each_part(marketer: Membership, channels: list[Channel]) -> None:
    found = {work.code: number for work, number in held_by(marketer)}

    assert found["networks.owner"] == 2
    assert found["networks.operator"] == 1
    assert found["networks.backup"] == 1


def test_everything_goes_to_the_other_and_is_recorded(
    marketer: Membership, admin: Membership, channels: list[Channel]
) -> None:
    moved = give_all(marketer, admin, admin)

    assert moved == {"networks.owner": 2, "networks.operator": 1, "networks.backup": 1}
    assert not any(work.code.startswith("networks.") for work, _number in held_by(marketer))
    assert Record.objects.filter(verb="networks.channel_saved", by=admin.user).count() == 4


def test_nobody_becomes_their_own_backup(
    marketer: Membership, manager: Membership, reader: Membership, channels: list[Channel]
) -> None:
    here = {"workspace": marketer.workspace, "network": "x"}
    Channel.objects.create(**here, handle="@five", owner=marketer, backup=reader)
    Channel.objects.create(**here, handle="@six", owner=reader, backup=marketer)
    Channel.objects.create(**here, handle="@seven", operator=marketer, backup=manager)
    Channel.objects.create(**here, handle="@eight", owner=manager, operator=marketer, backup=reader)

    give_all(marketer, manager, manager)

    live = Channel.objects.live()
    assert {channel.handle: (channel.owner, channel.backup) for channel in live} == {
        "@one": (manager, None),
        "@two": (manager, None),
        "@three": (manager, None),
        "@four": (None, None),
        "@five": (manager, reader),
        "@six": (reader, manager),
        "@seven": (None, manager),
        "@eight": (manager, reader),
    }
