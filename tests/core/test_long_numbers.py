"""Numbers with more digits than Python reads (4,300): not found or refused, never a failure."""

import pytest
from django.test import Client
from django.urls import reverse

from strategies.models import Strategy
from strategies.services.strategies import create_strategy
from tests.conftest import ClientAs
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db

LONG = ["9" * digits for digits in (30, 4_300, 4_301)]


@pytest.fixture
def strategy(workspace: Workspace, admin: Membership) -> Strategy:
    return create_strategy(workspace, name="Spring", by=admin.user)


@pytest.fixture
def admins(client_as: ClientAs, admin: Membership) -> Client:
    client = client_as(admin)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("number", LONG, ids=len)
def test_long_numbers_in_the_address_are_not_found(
    number: str, strategy: Strategy, admins: Client
) -> None:
    versions = reverse("strategies:versions", args=["fjordlys", strategy.uid])

    for path in (
        f"{versions}{number}/",
        f"{versions}{number}/document/",
        f"/accounts/password/reset/key/{number}-set-password/",
        f"/invitations/{number}/",
        f"/w/fjordlys/people/?page={number}",
        f"/w/fjordlys/activity/?page={number}",
        f"/w/fjordlys/activity/?person={number}",
        f"/w/fjordlys/notices/?page={number}",
        f"{versions}?since={number}",
        f"/support/accounts/user/{number}/change/",
    ):
        assert admins.get(path).status_code in {200, 302, 404}, path[:80]


@pytest.mark.parametrize("number", LONG, ids=len)
def test_long_numbers_in_forms_are_refused(number: str, strategy: Strategy, admins: Client) -> None:
    parts = ["fjordlys", strategy.uid]
    settings = reverse("workspaces:settings", args=["fjordlys"])
    sent = dict.fromkeys(
        (
            "revision",
            "seen",
            "token",
            "position",
            "lead_time_hours",
            "review_days",
            "week_start",
            "owner",
            "operator",
            "due_on",
            "engaged_until",
            "size",
            "starts_at",
            "hours_per_week",
        ),
        number,
    )

    for path in (
        settings,
        reverse("strategies:milestone_add", args=parts),
        reverse("strategies:row_add", args=[*parts, "audience"]),
        reverse("strategies:row_add", args=[*parts, "ownership"]),
        reverse("networks:add", args=["fjordlys"]),
        reverse("members:invite", args=["fjordlys"]),
    ):
        answer = admins.post(
            path, {"name": "Spring", "title": "Ask", "engagement": "external"} | sent
        )
        assert answer.status_code in {200, 302, 409, 422}, path

    page = admins.post(settings, {"name": "Fjordlys", "lead_time_hours": number}).text
    assert "or less." in page or "Write a whole number" in page
