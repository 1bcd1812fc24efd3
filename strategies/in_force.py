"""What apps above may ask of a workspace's strategies: what is in force, and what it says.

The one door: whatever answers, checks and estimates are made of inside this app stays inside it.
"""

from collections.abc import Sequence
from datetime import date

from accounts.models import User
from core.findings import Finding
from policies.services.access import has_policy_for_externals
from strategies.domain.answer_types import (
    AudienceAnswer,
    ChannelAnswer,
    ContentPlanAnswer,
    KpiAnswer,
    MessageAnswer,
    PostKindAnswer,
)
from strategies.domain.answers import Answers, answers_of, load_answers
from strategies.domain.cadence import WEEKS, Cadence, cadence_of, kinds_by_channel
from strategies.domain.checks import run_checks
from strategies.domain.effort import TOLERANCE as WORK_TOLERANCE
from strategies.domain.effort import minutes_of_format, minutes_of_kinds
from strategies.domain.milestone_actions import InPlaceForm, MilestoneAction, NotInPlace
from strategies.domain.milestone_actions import register as register_milestone_action
from strategies.domain.milestone_facts import MilestoneFact, Now
from strategies.domain.milestone_facts import register as register_milestone_fact
from strategies.domain.roadmap import READ, reading_day_of
from strategies.models import Milestone, Strategy, StrategyVersion
from strategies.models.milestone import MilestoneQuerySet
from strategies.models.version import VersionQuerySet
from strategies.services.versions import can_be_decided
from workspaces.models import Workspace

__all__ = [
    "READ",
    "WEEKS",
    "WORK_TOLERANCE",
    "Answers",
    "AudienceAnswer",
    "Cadence",
    "ChannelAnswer",
    "ContentPlanAnswer",
    "InPlaceForm",
    "KpiAnswer",
    "MessageAnswer",
    "MilestoneAction",
    "MilestoneFact",
    "NotInPlace",
    "Now",
    "PostKindAnswer",
    "answers_of",
    "cadence_of",
    "findings_of",
    "kinds_by_channel",
    "minutes_of_format",
    "minutes_of_kinds",
    "next_version",
    "open_milestones",
    "reading_day_of",
    "register_milestone_action",
    "register_milestone_fact",
    "version_in_force",
    "versions_between",
]


def version_in_force(workspace: Workspace, day: date) -> StrategyVersion | None:
    """Return the approved version whose period holds ``day``, or None; its strategy is loaded.

    What it says is ``answers_of`` it, without another query.
    """
    versions = StrategyVersion.objects.for_workspace(workspace).in_force_on(day)
    return versions.select_related("strategy").first()


def versions_between(workspace: Workspace, first: date, last: date) -> VersionQuerySet:
    """Return the approved versions whose period shares a day with those given, the earliest first.

    Their periods do not overlap: there is at most one for each day.
    """
    versions = StrategyVersion.objects.for_workspace(workspace).approved()
    return versions.overlapping(first, last).order_by("starts_on")


def next_version(workspace: Workspace, *, after: date) -> StrategyVersion | None:
    """Return the approved version that begins soonest after a day, or None; without its answers."""
    return (
        StrategyVersion.objects.for_workspace(workspace)
        .approved()
        .filter(starts_on__gt=after)
        .select_related("strategy")
        .without_snapshot()
        .order_by("starts_on")
        .first()
    )


def open_milestones(version: StrategyVersion) -> MilestoneQuerySet:
    """Return what is still to be done on the roadmap of the strategy that ``version`` belongs to."""
    return Milestone.objects.open().filter(strategy_id=version.strategy_id)


def findings_of(strategy: Strategy, *, author: User) -> Sequence[Finding]:
    """Return what is to look at in the answers as they are now, gravest first.

    ``author`` is who would submit them: somebody else may have to decide.
    """
    return run_checks(
        load_answers(strategy),
        strategy,
        reviewers_available=can_be_decided(strategy.workspace, author=author),
        today=strategy.workspace.today(),
        policy_for_externals=has_policy_for_externals(strategy.workspace),
    )
