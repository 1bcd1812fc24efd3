"""How the workspace is doing: what holds today, what is next, what is late, what to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from core.findings import Finding, how_many
from strategies.enums import VersionState
from strategies.in_force import findings_of, open_milestones, version_in_force
from strategies.models import Milestone, Strategy, StrategyVersion
from workspaces.models import Membership, Workspace
from workspaces.permissions import Permission

FINDINGS_AT_MOST = 3


@dataclass(frozen=True)
class InForce:
    """The version that holds today, and where its roadmap stands."""

    version: StrategyVersion
    next_milestone: Milestone | None
    late: int


@dataclass(frozen=True)
class ToLookAt:
    """The gravest findings of the strategy worked on."""

    strategy: Strategy
    findings: Sequence[Finding]
    more: int


def in_force(workspace: Workspace, today: date) -> InForce | None:
    """Return what holds today, or None."""
    version = version_in_force(workspace, today)
    if version is None:
        return None
    milestones = open_milestones(version)
    return InForce(
        version=version,
        next_milestone=milestones.filter(due_on__gte=today).order_by("due_on", "pk").first(),
        late=milestones.filter(due_on__lt=today).count(),
    )


def worked_on(workspace: Workspace) -> list[Strategy]:
    """Return the open strategies that are not approved, newest first, each with its author.

    ``waits`` says whether a version of it waits for review.
    """
    waiting = StrategyVersion.objects.waiting().filter(strategy=OuterRef("pk"))
    approved = StrategyVersion.objects.filter(state=VersionState.APPROVED).values("strategy")
    return list(
        Strategy.objects.for_workspace(workspace)
        .open()
        .exclude(pk__in=approved)
        .annotate(waits=Exists(waiting))
        .select_related("created_by")
        .order_by("-created_at", "-pk")[:5]
    )


def to_look_at(member: Membership, strategy: Strategy) -> ToLookAt | None:
    """Return the findings of ``strategy`` for a person who can mend them; None without any."""
    if not strategy.is_open or not member.can(Permission.EDIT_STRATEGY):
        return None
    strategy.workspace = member.workspace
    findings = findings_of(strategy, author=member.user)
    if not findings:
        return None
    shown = findings[:FINDINGS_AT_MOST]
    return ToLookAt(
        strategy=strategy,
        findings=shown,
        more=how_many(findings[FINDINGS_AT_MOST:]),
    )
