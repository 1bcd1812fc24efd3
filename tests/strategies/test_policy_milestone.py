"""Publishing a policy ends the milestone that asks for one."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from policies.services.policies import Publication, add_policy, publish_policy
from strategies.domain.answers import load_answers
from strategies.domain.fixes import keys_of_fixes
from strategies.domain.roadmap import FIX, POLICY
from strategies.enums import MilestoneState, Phase, StrategyState
from strategies.models import Milestone, Ownership, Strategy
from tests.conftest import ClientAs
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db


def milestone(strategy: Strategy, **given: Any) -> Milestone:
    kind = given.pop("kind", POLICY)
    return Milestone.objects.create(
        strategy=strategy,
        key=f"{kind}:x",
        kind=kind,
        phase=Phase.PREPARE,
        title="Write the social media policy and publish it",
        due_on=date(2026, 12, 1),
        **given,
    )


def strategy_of(workspace: Workspace, by: Membership, **given: Any) -> Strategy:
    return Strategy.objects.create(
        workspace=workspace, name=f"{workspace.name} plan", created_by=by.user, **given
    )


def publish(workspace: Workspace, admin: Membership) -> None:
    policy = add_policy(workspace, {"title": "Policy", "text": "Be kind."}, by=admin.user)
    publish_policy(policy, Publication(), expected=policy.revision, by=admin.user)


def test_publishing_a_policy_ends_the_milestone(workspace: Workspace, admin: Membership) -> None:
    strategy = strategy_of(workspace, admin)
    waiting, another = milestone(strategy), milestone(strategy, kind="access")

    publish(workspace, admin)

    waiting.refresh_from_db()
    another.refresh_from_db()
    assert (waiting.state, waiting.done_by) == (MilestoneState.DONE, admin.user)
    assert another.state == MilestoneState.TO_COME


def test_publishing_mends_that_people_from_outside_have_no_policy(
    workspace: Workspace, admin: Membership
) -> None:
    strategy = strategy_of(workspace, admin)
    Ownership.objects.create(strategy=strategy, can_post_external=1)
    keys = keys_of_fixes(strategy, load_answers(strategy))
    key = next(one for one in keys if "externals-without-policy" in one)
    waiting = Milestone.objects.create(
        strategy=strategy,
        key=key,
        kind=FIX,
        phase=Phase.PREPARE,
        title="1 person from outside can post, and there is no policy.",
        due_on=date(2026, 12, 1),
    )

    publish(workspace, admin)

    waiting.refresh_from_db()
    assert waiting.state == MilestoneState.DONE
    assert key not in keys_of_fixes(strategy, load_answers(strategy))


def test_publishing_leaves_other_workspaces_and_archived_strategies_alone(
    workspace: Workspace, admin: Membership, stranger: Membership
) -> None:
    there = milestone(strategy_of(stranger.workspace, stranger))
    archived = milestone(strategy_of(workspace, admin, state=StrategyState.ARCHIVED))

    publish(workspace, admin)

    for one in (there, archived):
        one.refresh_from_db()
        assert one.state == MilestoneState.TO_COME


def test_milestone_leads_to_the_policies_from_today(
    workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    milestone(strategy_of(workspace, marketer), owner=marketer)

    page = client_as(marketer).get("/w/fjordlys/").content.decode()

    assert reverse("policies:list", args=["fjordlys"]) in page
    assert "Write the policy" in page


def test_question_3_leads_to_the_policies(
    workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    strategy = strategy_of(workspace, marketer)

    page = client_as(marketer).get(
        reverse("strategies:question", args=["fjordlys", strategy.uid, "ownership"])
    )

    assert "Go to the policies" in page.content.decode()
