"""What publishing a policy ends: the milestone that asks for one, and what it mends."""

from accounts.models import User
from strategies.domain.roadmap import FIX, POLICY
from strategies.enums import MilestoneState, StrategyState
from strategies.models import Milestone
from strategies.services.roadmap import set_state
from strategies.services.settling import settle
from workspaces.models import Workspace


def settle_policy_milestone(workspace: Workspace, *, by: User) -> None:
    """Tick off in every open strategy of the workspace what the policy just published has ended."""
    waiting = Milestone.objects.for_workspace(workspace).open().filter(kind=POLICY)
    for milestone in waiting.filter(strategy__state=StrategyState.OPEN).select_related("strategy"):
        set_state(milestone, MilestoneState.DONE, by=by)
    settle(workspace, by=by, kinds=[FIX])
