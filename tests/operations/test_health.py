"""What watches the machine: whether it answers, and whether the work goes on."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from core.views import server_error
from notifications.enums import DeliveryState
from notifications.models import Delivery, Tick
from notifications.ticks import PARTS
from operations.health import OVERDUE_AT_MOST, TICK_AT_MOST
from tests.operations.test_status import failed, tell, ticked
from workspaces.models import Membership

pytestmark = pytest.mark.usefixtures("told_type")
LIVE, READY = "/healthz/live", "/healthz/ready"


def test_live_asks_nothing(client: Client) -> None:
    """No database is allowed to this test."""
    response = client.get(LIVE)

    assert (response.status_code, response.json()) == (200, {"live": True})


def test_ready_says_how_the_work_stands(client: Client, admin: Membership) -> None:
    ticked(3)
    failed(admin)

    response = client.get(READY)

    answer = response.json()
    assert response.status_code == 200
    assert answer.pop("last_tick_seconds") in {2, 3, 4}
    assert answer == {"ready": True, "database": True, "oldest_overdue_seconds": 0, "failed": 1}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(("seconds", "status"), [(25, 200), (35, 503)])
def test_ready_needs_a_late_tick_of_every_part(
    part: str, seconds: int, status: int, client: Client, db: None
) -> None:
    ticked(0)
    ticked(seconds, part)

    assert client.get(READY).status_code == status
    assert timedelta(seconds=25) < TICK_AT_MOST < timedelta(seconds=35)


def test_not_ready_before_the_first_tick(client: Client, db: None) -> None:
    ticked(0, PARTS[0])

    response = client.get(READY)

    assert response.status_code == 503
    assert response.json()["last_tick_seconds"] is None


@pytest.mark.parametrize(("seconds", "status"), [(110, 200), (130, 503)])
def test_not_ready_when_something_is_overdue(
    seconds: int, status: int, client: Client, admin: Membership
) -> None:
    ticked(0)
    tell(admin)
    Delivery.objects.update(next_at=timezone.now() - timedelta(seconds=seconds))

    assert client.get(READY).status_code == status
    assert timedelta(seconds=110) < OVERDUE_AT_MOST < timedelta(seconds=130)
    Delivery.objects.update(state=DeliveryState.CANCELLED)
    assert client.get(READY).status_code == 200


def test_nothing_is_kept_and_no_session_made(client: Client, db: None) -> None:
    for url in (LIVE, READY):
        response = client.get(url)
        assert "no-store" in response.headers["Cache-Control"]
        assert not response.cookies
        assert client.post(url).status_code == 405
    assert not Session.objects.exists()


def away(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    raise OperationalError("connection refused: host=secret.internal")


def test_database_that_is_away_is_503_and_tells_nothing(client: Client, db: None) -> None:
    with connection.execute_wrapper(away):
        response = client.get(READY)

    assert response.status_code == 503
    assert response.json() == {"ready": False, "database": False}


def test_page_is_503_while_the_database_is_away(admin: Membership) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(admin.user)
    with connection.execute_wrapper(away):
        response = client.get("/w/fjordlys/")

    page = response.content.decode()
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert "The database does not answer just now" in page
    assert "secret" not in page


def test_another_failure_is_500(rf: Any) -> None:
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        response = server_error(rf.get("/"))

    assert response.status_code == 500
    assert "Something went wrong here" in response.content.decode()


def test_a_tick_is_written_once_a_part_by_the_clock_of_the_database(db: None) -> None:
    ticked(1000)
    before = timezone.now() - timedelta(seconds=2)

    for _turn in range(2):
        call_command("send_due")

    ticks = Tick.objects.all()
    assert sorted(tick.part for tick in ticks) == sorted(PARTS)
    assert all(tick.ticked_at > before for tick in ticks)
