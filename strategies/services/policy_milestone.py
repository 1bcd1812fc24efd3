"""The milestone *Write the social media policy and publish it*: done when a policy is published."""

from accounts.models import User
from strategies.domain.roadmap import POLICY
from strategies.enums import MilestoneState, StrategyState
from strategies.models import Milestone
from strategies.services.roadmap import set_state
from workspaces.models import Workspace


def settle_policy_milestone(workspace: Workspace, *, by: User) -> None:
    """Tick the milestone off in every open strategy of the workspace."""
    waiting = Milestone.objects.for_workspace(workspace).open().filter(kind=POLICY)
    for milestone in waiting.filter(strategy__state=StrategyState.OPEN).select_related("strategy"):
        set_state(milestone, MilestoneState.DONE, by=by)
