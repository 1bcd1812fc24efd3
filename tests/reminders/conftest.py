"""A milestone to be reminded of, and reminders of it."""

from datetime import UTC, date, datetime

import pytest

from reminders.models import Schedule
from strategies.models import Milestone, Strategy
from tests.reminders.own import remind
from workspaces.models import Membership

#: 08:00 in Oslo.
MORNING = datetime(2027, 1, 11, 7, tzinfo=UTC)


@pytest.fixture
def strategy(marketer: Membership) -> Strategy:
    return Strategy.objects.create(
        workspace=marketer.workspace, name="Winter", created_by=marketer.user
    )


@pytest.fixture
def milestone(strategy: Strategy, marketer: Membership) -> Milestone:
    return Milestone.objects.create(
        strategy=strategy,
        key="own:a",
        kind="own",
        title="Name a backup",
        due_on=date(2027, 1, 20),
        owner=marketer,
    )


@pytest.fixture
def reminder(marketer: Membership, milestone: Milestone) -> Schedule:
    """Every day at nine in Oslo, from Monday 11 January 2027."""
    return remind(marketer, subject=("milestone", milestone.uid), repeat="daily")
