"""Handing over a leaver's milestones, and the answers that name the leaver."""

from typing import Any

import pytest
from django.utils import timezone

from strategies.enums import StrategyState
from strategies.models import Kpi, Milestone, Strategy
from strategies.services.reassignment import (
    NAMED,
    answers_naming,
    milestones_of,
    move_answers,
    move_milestones,
)
from tests.factories import MembershipFactory
from tests.strategies.approved import approve_answers, make_strategy
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy(workspace: Workspace) -> Strategy:
    return make_strategy(workspace)


def in_vain(strategy: Strategy, leaver: Membership, heir: Membership) -> list[int]:
    """What is counted and moved of a leaver whose work is not to be moved."""
    return [
        milestones_of(leaver),
        answers_naming(leaver),
        move_milestones(leaver, heir, by=heir.user),
        move_answers(leaver, heir, by=heir.user),
    ]


@pytest.mark.parametrize(("model", "field"), NAMED, ids=lambda one: getattr(one, "__name__", one))
def test_answer_that_names_the_leaver_names_the_heir(
    model: Any, field: str, strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    answer = model.objects.create(strategy=strategy, **{field: marketer})
    assert answers_naming(marketer) == 1

    assert move_answers(marketer, manager, by=manager.user) == 1

    answer.refresh_from_db()
    assert getattr(answer, field) == manager
    assert (answer.revision, answer.updated_by) == (2, manager.user)


def test_milestone_moves_as_by_hand_and_raises_its_revision(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    number = milestones_of(marketer)

    assert move_milestones(marketer, manager, by=manager.user) == number > 0

    for milestone in Milestone.objects.filter(strategy=strategy):
        assert (milestone.owner, milestone.is_owner_by_hand) == (manager, True)
        assert (milestone.revision, milestone.updated_by) == (2, manager.user)


def test_what_others_hold_stays(
    strategy: Strategy, marketer: Membership, manager: Membership, contributor: Membership
) -> None:
    Kpi.objects.create(strategy=strategy, metric="reach", baseline=1, reader=marketer)
    approve_answers(strategy, by=marketer)

    assert in_vain(strategy, contributor, manager) == [0, 0, 0, 0]


def test_what_was_removed_or_dropped_stays(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    kpi = Kpi.objects.create(strategy=strategy, metric="reach", baseline=1, reader=marketer)
    approve_answers(strategy, by=marketer)
    Kpi.objects.filter(pk=kpi.pk).update(removed_at=timezone.now())
    Milestone.objects.update(dropped_at=timezone.now())

    assert in_vain(strategy, marketer, manager) == [0, 0, 0, 0]


def test_what_an_archived_strategy_says_stays(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    Kpi.objects.create(strategy=strategy, metric="reach", baseline=1, reader=marketer)
    approve_answers(strategy, by=marketer)
    Strategy.objects.update(state=StrategyState.ARCHIVED)

    assert in_vain(strategy, marketer, manager) == [0, 0, 0, 0]


def test_work_of_the_same_person_elsewhere_stays(
    strategy: Strategy, marketer: Membership, manager: Membership, other_workspace: Workspace
) -> None:
    elsewhere = MembershipFactory.create(workspace=other_workspace, user=marketer.user)
    Kpi.objects.create(strategy=strategy, metric="reach", baseline=1, reader=marketer)
    approve_answers(strategy, by=marketer)

    assert in_vain(strategy, elsewhere, manager) == [0, 0, 0, 0]
