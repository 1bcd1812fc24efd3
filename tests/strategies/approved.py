"""Strategies with answers, and versions of them, for tests of what comes after approval."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from strategies.domain.answers import SCHEMA, load_answers, to_snapshot
from strategies.enums import VersionState
from strategies.models import (
    AudienceNotes,
    ContentPlan,
    FollowerAim,
    Milestone,
    Ownership,
    Period,
    Strategy,
    StrategyVersion,
    Voice,
)
from strategies.services.roadmap import apply_roadmap
from workspaces.models import Membership, Workspace

START, END = date(2026, 9, 1), date(2027, 2, 28)


def make_strategy(
    workspace: Workspace, *, starts_on: date | None = START, ends_on: date | None = END, **more: Any
) -> Strategy:
    """A strategy with its single rows, and a mix."""
    strategy = Strategy.objects.create(workspace=workspace, **{"name": "Autumn", **more})
    Period.objects.create(strategy=strategy, starts_on=starts_on, ends_on=ends_on)
    ContentPlan.objects.create(strategy=strategy, promotional=20, informative=40, engagement=40)
    for model in (AudienceNotes, Voice, Ownership, FollowerAim):
        model._default_manager.create(strategy=strategy)
    return strategy


def make_version(
    strategy: Strategy, *, by: Membership, state: VersionState = VersionState.SUBMITTED, **more: Any
) -> StrategyVersion:
    """The answers as they are, submitted by ``by``; decided by the same where the state asks."""
    answers = load_answers(strategy)
    decided = state not in {VersionState.SUBMITTED, VersionState.WITHDRAWN}
    fields = {
        "number": strategy.versions.count() + 1,
        "state": state,
        "schema": SCHEMA,
        "snapshot": to_snapshot(answers),
        "starts_on": answers.period.starts_on,
        "ends_on": answers.period.ends_on,
        "promotional": 20,
        "informative": 40,
        "engagement": 40,
        "submitted_by": by.user,
        "answer_by_on": strategy.workspace.today() + timedelta(days=4),
        "decided_by": by.user if decided else None,
        "decided_at": timezone.now() if decided else None,
    }
    return StrategyVersion.objects.create(strategy=strategy, **{**fields, **more})


def approve_answers(strategy: Strategy, *, by: Membership) -> StrategyVersion:
    """The answers as they are, approved, and the roadmap that follows."""
    strategy.versions.filter(state=VersionState.APPROVED).update(state=VersionState.SUPERSEDED)
    version = make_version(strategy, by=by, state=VersionState.APPROVED)
    apply_roadmap(version, by=by.user)
    return version


def milestone_of(strategy: Strategy, kind: str, **more: Any) -> Milestone:
    """The one milestone of a kind."""
    return Milestone.objects.get(strategy=strategy, kind=kind, **more)
