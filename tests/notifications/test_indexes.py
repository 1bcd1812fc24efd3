"""What is asked at every tick is read from an index, however many finished rows lie beside it."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Min
from django.db.models.functions import Now

from notifications.models import Delivery
from workspaces.models import Workspace

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="plans differ by database"),
]


def test_each_question_of_a_tick_has_its_index(workspace: Workspace) -> None:
    everything, own = Delivery.objects.order_by(), Delivery.objects.for_workspace(workspace)
    asked: dict[str, list[Any]] = {
        "delivery_open": [
            everything.claimable(Now()).values("workspace").annotate(first=Min("next_at")),
            own.claimable(Now()).order_by("next_at", "pk")[:20],
            own.waiting(Now()),  # type: ignore[arg-type]
            own.put_off(Now()),  # type: ignore[arg-type]
        ],
        "delivery_held": [everything.held(Now())],
        "delivery_dead": [everything.dead(), own.failed()[:50]],
        "delivery_sent": [own.sent().order_by("-sent_at")[:1]],
    }

    for index, questions in asked.items():
        for question in questions:
            assert index in question.explain(), question.query
