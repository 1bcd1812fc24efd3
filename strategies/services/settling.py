"""Milestones that end by themselves: called wherever something is written that they wait for."""

from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from strategies.domain.milestone_facts import MILESTONE_FACTS, holding
from strategies.domain.roadmap import ACCESS, FIND_OUT, FIX, PEOPLE
from strategies.enums import StrategyState, Verdict
from strategies.models import Milestone
from strategies.services.roadmap import finish_by_fact
from workspaces.models import Workspace

#: Kinds of milestone that wait for what is said of a channel.
OF_CHANNELS = (*PEOPLE, Verdict.OPEN.value, Verdict.CLOSE.value, FIND_OUT, FIX, ACCESS)


@transaction.atomic
def settle(workspace: Workspace, *, by: User, kinds: Collection[str] | None = None) -> None:
    """Finish the open milestones whose fact is true now; ``by`` is who made it so.

    ``kinds`` narrows it to what was written; one query where no such milestone is open.
    """
    waiting = (
        Milestone.objects.for_workspace(workspace)
        .open()
        .filter(
            kind__in=MILESTONE_FACTS.codes if kinds is None else kinds,
            strategy__state=StrategyState.OPEN,
        )
        .select_related("strategy__workspace")
        .order_by("due_on", "pk")
    )
    milestones = list(waiting)
    true = holding(milestones, workspace)
    for milestone in milestones:
        if milestone.pk in true:
            finish_by_fact(milestone, because=true[milestone.pk], by=by)


def settle_channels(workspace: Workspace, by: User) -> None:
    """Look at what waits for channels, after one was saved."""
    settle(workspace, by=by, kinds=OF_CHANNELS)
