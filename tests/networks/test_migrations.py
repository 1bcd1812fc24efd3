"""Channels stored before one service wrote them are mended once."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from networks.models import Channel
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db
migration = import_module("networks.migrations.0003_dense_positions_and_answered_fields")


def test_stored_channels_get_dense_positions_and_lose_what_is_answered(
    workspace: Workspace, other_workspace: Workspace, marketer: Membership
) -> None:
    unknown = ("owner", "backup")
    for handle, position, owner in (("@a", 1, marketer), ("@b", 3, None), ("@c", 3, None)):
        Channel.objects.create(
            workspace=workspace, network="x", handle=handle, position=position, owner=owner
        )
    Channel.objects.update(not_known=unknown)
    Channel.objects.create(
        workspace=workspace, network="x", handle="@gone", position=2, removed_at=timezone.now()
    )
    Channel.objects.create(workspace=other_workspace, network="x", handle="@theirs", position=7)

    migration.mend(apps, None)

    rows = Channel.objects.order_by("pk").values_list("handle", "position", "not_known")
    assert list(rows) == [
        ("@a", 1, ("backup",)),
        ("@b", 2, unknown),
        ("@c", 3, unknown),
        ("@gone", 2, ()),
        ("@theirs", 1, ()),
    ]
