"""A form that does not say what its page had read never takes the place of another's text."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from strategies.models import Audience, Initiative, Milestone, StepAnswer, Strategy
from strategies.services.rows import remove_row
from strategies.services.strategies import create_strategy
from tests.conftest import ClientAs
from tests.strategies.approved import approve_answers, make_strategy, milestone_of
from tests.strategies.typed import add, row_url
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db
# What is sent, and the answer: somebody else was first, or this is no revision.
UNSAID: list[tuple[dict[str, str], int]] = [
    ({}, 409),
    ({"revision": ""}, 409),
    ({"revision": "abc"}, 409),
]
TOO_LARGE = {"revision": "9" * 40}


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership) -> Strategy:
    return create_strategy(workspace, name="Spring", by=marketer.user)


@pytest.fixture
def signed_in(client_as: ClientAs, marketer: Membership) -> Client:
    return client_as(marketer)


@pytest.mark.parametrize(("revision", "status"), [*UNSAID, (TOO_LARGE, 409)])
def test_milestone(
    revision: dict[str, str],
    status: int,
    workspace: Workspace,
    marketer: Membership,
    signed_in: Client,
) -> None:
    strategy = make_strategy(workspace)
    Initiative.objects.create(strategy=strategy, title="Ask the visitors")
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "initiative")
    url = reverse("strategies:milestone", args=["fjordlys", strategy.uid, milestone.uid])

    answer = signed_in.post(url, {"due_on": "2026-12-24", **revision})

    assert answer.status_code == status
    assert 'value="2026-12-24"' in answer.content.decode()
    assert Milestone.objects.get(pk=milestone.pk).due_on == milestone.due_on


@pytest.mark.parametrize(("revision", "status"), [*UNSAID, (TOO_LARGE, 409)])
def test_what_is_said_of_a_question_not_known_yet(
    revision: dict[str, str], status: int, strategy: Strategy, signed_in: Client
) -> None:
    url = reverse("strategies:not_known", args=["fjordlys", strategy.uid, "followers"])
    signed_in.post(url)
    signed_in.post(url, {"find_out": "Ask the desk", "finder": "", "revision": "2"})

    answer = signed_in.post(url, {"find_out": "Mine", "finder": "", **revision})

    assert answer.status_code == status
    assert "Mine" in answer.content.decode()
    assert StepAnswer.objects.get(strategy=strategy, step="followers").find_out == "Ask the desk"


def test_a_question_that_nobody_has_answered_is_in_nobodys_way(
    strategy: Strategy, signed_in: Client
) -> None:
    url = reverse("strategies:not_known", args=["fjordlys", strategy.uid, "followers"])

    answer = signed_in.post(url, {"find_out": "Ask the desk", "finder": "", "revision": "5"})

    assert answer.status_code == 302
    assert StepAnswer.objects.get(strategy=strategy, step="followers").find_out == "Ask the desk"


@pytest.mark.parametrize("revision", [{}, {"revision": ""}, {"revision": "1"}])
def test_row_that_was_changed_before_it_was_removed(
    revision: dict[str, Any], strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    url = row_url(strategy, "audience", row)
    signed_in.post(url, {"name": "Families", "needs": "Theirs, and long", "revision": "1"})
    remove_row(row, strategy=strategy, by=marketer.user)

    back = {"name": "Families", "needs": "Mine", "bring_back": "on"}
    answer = signed_in.post(url, {**back, **revision})

    page = answer.content.decode()
    now = Audience.objects.get(pk=row.pk)
    assert answer.status_code == 409
    assert now.removed_at is None
    assert now.needs == "Theirs, and long"
    assert "Theirs, and long" in page
    assert "Mine" in page
    assert signed_in.post(url, {**back, "revision": now.revision}).status_code == 302
