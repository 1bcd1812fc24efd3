"""What apps above ask of a workspace's strategies."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from core.findings import Severity
from strategies.enums import MilestoneState, VersionState
from strategies.in_force import (
    answers_of,
    findings_of,
    next_version,
    open_milestones,
    version_in_force,
    versions_between,
)
from strategies.models import Milestone
from strategies.services.roadmap import MilestoneValues, add_milestone, set_state
from tests.strategies.approved import END, START, make_strategy, make_version
from workspaces.models import Membership, Workspace

DAY = timedelta(days=1)
APPROVED = VersionState.APPROVED


def test_version_holds_from_its_first_day_to_its_last(manager: Membership) -> None:
    workspace = manager.workspace
    version = make_version(make_strategy(workspace), by=manager, state=APPROVED)

    assert version_in_force(workspace, START) == version
    assert version_in_force(workspace, END) == version
    assert version_in_force(workspace, START - DAY) is None
    assert version_in_force(workspace, END + DAY) is None


def test_nothing_but_an_approved_version_is_in_force(manager: Membership) -> None:
    strategy = make_strategy(manager.workspace)
    for state in set(VersionState) - {APPROVED}:
        make_version(strategy, by=manager, state=state)

    assert version_in_force(manager.workspace, START) is None
    assert next_version(manager.workspace, after=START - DAY) is None


def test_another_workspace_has_nothing_in_force(
    manager: Membership, other_workspace: Workspace
) -> None:
    make_version(make_strategy(manager.workspace), by=manager, state=APPROVED)

    assert version_in_force(other_workspace, START) is None
    assert next_version(other_workspace, after=START - DAY) is None


def test_version_in_force_and_what_it_says_are_one_query(
    manager: Membership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_version(make_strategy(manager.workspace, name="Autumn"), by=manager, state=APPROVED)

    with django_assert_num_queries(1):
        version = version_in_force(manager.workspace, START)
        assert version
        assert (version.strategy.name, answers_of(version).period.starts_on) == ("Autumn", START)


def test_next_version_is_the_first_to_begin_after_the_day(manager: Membership) -> None:
    workspace = manager.workspace
    later, sooner = (
        make_version(
            make_strategy(workspace, starts_on=first, ends_on=first + 20 * DAY),
            by=manager,
            state=APPROVED,
        )
        for first in (date(2027, 5, 1), date(2027, 3, 1))
    )

    assert next_version(workspace, after=date(2027, 2, 28)) == sooner
    assert next_version(workspace, after=date(2027, 3, 1)) == later
    assert next_version(workspace, after=date(2027, 5, 1)) is None


def test_versions_between_share_a_day_and_stand_in_order(
    manager: Membership, other_workspace: Workspace
) -> None:
    workspace = manager.workspace
    later, sooner = (
        make_version(
            make_strategy(workspace, starts_on=first, ends_on=first + 20 * DAY),
            by=manager,
            state=APPROVED,
        )
        for first in (date(2027, 5, 1), date(2027, 3, 1))
    )
    make_version(make_strategy(workspace), by=manager)  # only submitted

    assert list(versions_between(workspace, date(2027, 3, 21), date(2027, 5, 1))) == [sooner, later]
    assert list(versions_between(workspace, date(2027, 3, 22), date(2027, 4, 30))) == []
    assert not versions_between(other_workspace, date(2027, 1, 1), date(2027, 12, 31))


def test_open_milestones_are_those_of_the_strategy_that_are_not_done(manager: Membership) -> None:
    strategy, another = make_strategy(manager.workspace), make_strategy(manager.workspace)
    version = make_version(strategy, by=manager, state=APPROVED)
    for owner, titles in ((strategy, ("Open", "Done")), (another, ("Elsewhere",))):
        for title in titles:
            values = MilestoneValues(START, manager, title=title, phase="run")
            add_milestone(owner, values=values, by=manager.user)
    set_state(Milestone.objects.get(title="Done"), MilestoneState.DONE, by=manager.user)

    assert [milestone.title for milestone in open_milestones(version)] == ["Open"]


@pytest.mark.parametrize("has_reviewer", [True, False])
def test_findings_say_whether_somebody_could_approve(
    marketer: Membership, manager: Membership, has_reviewer: bool
) -> None:
    strategy = make_strategy(marketer.workspace)
    if not has_reviewer:
        manager.delete()
    findings = findings_of(strategy, author=marketer.user)

    assert findings[0].severity is Severity.BLOCKER
    codes = {finding.code for finding in findings}
    assert ("nobody-can-approve" in codes) is not has_reviewer
