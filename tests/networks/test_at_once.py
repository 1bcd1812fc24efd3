"""Two people save one channel at the same moment: the first wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from activity.models import Record
from core.exceptions import Conflict
from networks.models import Channel
from networks.services import save_channel
from workspaces.models import Membership, Workspace


@pytest.mark.django_db(transaction=True)
def test_two_saves_at_once_write_one(workspace: Workspace, marketer: Membership) -> None:
    channel = Channel.objects.create(workspace=workspace, network="x", handle="@fjordlys")
    ready = Barrier(2)

    def save(handle: str) -> str:
        try:
            mine = Channel.objects.select_related("workspace").get(pk=channel.pk)
            ready.wait(10)
            save_channel(mine, {"handle": handle}, expected=1, by=marketer.user)
        except Conflict:
            return ""
        finally:
            connection.close()
        return handle

    with ThreadPoolExecutor(2) as hands:
        saved = [
            future.result(60) for future in [hands.submit(save, "@a"), hands.submit(save, "@b")]
        ]

    channel.refresh_from_db()
    assert sorted(saved)[0] == ""
    assert sorted(saved)[1] == channel.handle
    assert channel.revision == 2
    assert Record.objects.count() == 1
