"""Milestones that are done in the calendar."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content_calendar.services.first_month import FIRST_MONTH, first_month_of
from strategies.in_force import MilestoneAction, register_milestone_action
from strategies.models import Milestone
from workspaces.models import Workspace


def _month(milestone: Milestone, workspace: Workspace) -> str:
    month = first_month_of(milestone.strategy)
    if month is None:
        return reverse("calendar:home", args=[workspace.slug])
    return reverse("calendar:month", args=[workspace.slug, f"{month.first:%Y-%m}"])


register_milestone_action(MilestoneAction(FIRST_MONTH, _("Plan the posts"), _month))
