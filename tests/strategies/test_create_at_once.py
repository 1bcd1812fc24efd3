"""Two presses at the same moment begin one strategy."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from networks.models import Channel
from strategies.models import Period, PostKind, Strategy
from strategies.services.strategies import create_strategy
from workspaces.models import Membership, Workspace


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_uid_begin_one_strategy(
    workspace: Workspace, marketer: Membership
) -> None:
    Channel.objects.create(workspace=workspace, network="x", handle="@fjordlys")
    uid, ready = uuid.uuid4(), Barrier(2)

    def press() -> int:
        try:
            ready.wait(10)
            return create_strategy(workspace, name="Spring", by=marketer.user, uid=uid).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hands:
        pressed = [hands.submit(press) for _ in range(2)]
        made = {future.result(60) for future in pressed}

    assert made == {Strategy.objects.get().pk}
    assert Period.objects.count() == 1
    assert PostKind.objects.count() == 1
