"""The two ways to a tick: Celery's task and the command."""

import io

import pytest
from django.core import mail
from django.core.management import call_command

from notifications.services import notify
from notifications.tasks import tick
from tests.notifications.notification_types import TOLD
from workspaces.models import Membership


@pytest.fixture
def due(reader: Membership, told_type: object) -> None:
    notify(
        workspace=reader.workspace,
        recipients=[reader.user],
        kind=TOLD,
        source="once",
        params={"thing": "the plan"},
    )


@pytest.mark.usefixtures("due")
def test_task_is_known_by_name_and_sends() -> None:
    assert tick.name == "notifications.tick"

    tick()
    tick()

    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("due")
def test_command_sends_and_says_so() -> None:
    said = io.StringIO()

    call_command("send_due", stdout=said)
    call_command("send_due", stdout=said)

    assert said.getvalue() == "sent: 1\nNothing is due.\n"
    assert len(mail.outbox) == 1
