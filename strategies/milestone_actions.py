"""Milestones that are done on the pages of policies."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strategies.domain.milestone_actions import MilestoneAction, register
from strategies.domain.roadmap import POLICY
from strategies.models import Milestone
from workspaces.models import Workspace


def _policies(_milestone: Milestone, workspace: Workspace) -> str:
    return reverse("policies:list", args=[workspace.slug])


register(MilestoneAction(POLICY, _("Write the policy"), _policies))
