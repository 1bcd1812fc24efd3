"""Confirm who has access: the milestone leads there, and ends when all are confirmed."""

import pytest
from django.urls import reverse

from networks.services_access import confirm_accesses
from strategies.domain.milestone_actions import action_of
from strategies.domain.milestone_facts import holding
from strategies.domain.roadmap import ACCESS
from strategies.enums import MilestoneState
from strategies.models import Milestone
from tests.conftest import ClientAs
from tests.networks.accesses import make_access, make_channel
from tests.strategies.test_policy_milestone import milestone, strategy_of
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(workspace: Workspace, marketer: Membership) -> Milestone:
    return milestone(strategy_of(workspace, marketer), kind=ACCESS)


def test_milestone_leads_to_the_sitting(
    waiting: Milestone, marketer: Membership, contributor: Membership
) -> None:
    action = action_of(waiting, marketer)

    assert action is not None
    assert action.url(waiting, marketer.workspace) == "/w/fjordlys/channels/access/confirm/"
    assert action_of(waiting, contributor) is None


def test_confirming_the_last_one_ends_it(
    waiting: Milestone, workspace: Workspace, marketer: Membership, reader: Membership
) -> None:
    grants = [make_access(make_channel(workspace, handle), reader) for handle in ("@one", "@two")]
    for grant, state in zip(grants, (MilestoneState.TO_COME, MilestoneState.DONE), strict=True):
        confirm_accesses(workspace, right={grant.uid: 1}, ended={}, by=marketer.user)
        waiting.refresh_from_db()
        assert waiting.state == state

    assert waiting.done_by == marketer.user
    assert waiting.is_done_by_fact
    grants[0].confirmed_on = None
    grants[0].save()
    assert holding([waiting], workspace) == {}


def test_channel_in_use_of_which_nobody_is_recorded_keeps_it_open(
    waiting: Milestone, workspace: Workspace, marketer: Membership, reader: Membership
) -> None:
    make_channel(workspace, "@empty")
    grant = make_access(make_channel(workspace, "@one"), reader)
    confirm_accesses(workspace, right={grant.uid: 1}, ended={}, by=marketer.user)

    waiting.refresh_from_db()
    assert waiting.state == MilestoneState.TO_COME


def test_question_about_ownership_shows_what_is_to_look_at_on_channels(
    waiting: Milestone,
    workspace: Workspace,
    client_as: ClientAs,
    marketer: Membership,
    reader: Membership,
) -> None:
    channel = make_channel(workspace)
    make_access(channel, reader, level="admin")
    place = ["fjordlys", waiting.strategy.uid]
    address = reverse("strategies:question", args=[*place, "ownership"])
    others = reverse("strategies:question", args=[*place, "audience"])

    assert "is the only admin" in client_as(marketer).get(address).content.decode()
    assert "is the only admin" not in client_as(marketer).get(others).content.decode()
    assert "is the only admin" not in client_as(reader).get(address).content.decode()


def test_question_names_five_findings_and_the_number_of_the_others(
    waiting: Milestone, workspace: Workspace, client_as: ClientAs, marketer: Membership
) -> None:
    for number in range(4):
        make_access(make_channel(workspace, f"@{number}"), marketer, level="admin")

    page = client_as(marketer).get(
        reverse("strategies:question", args=["fjordlys", waiting.strategy.uid, "ownership"])
    )
    # Each is to be confirmed, has one admin, and nobody holds recovery.
    assert "7 more things to look at on your channels." in page.content.decode()
