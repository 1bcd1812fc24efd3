"""Strategies that can be submitted: the least that the blockers ask for."""

from typing import Any

from networks.models import Channel
from strategies.models import Audience, KeyMessage, Objective, Strategy, StrategyVersion
from strategies.services.versions import submit_strategy
from tests.strategies.approved import make_strategy
from workspaces.models import Membership


def ready_strategy(owner: Membership, **more: Any) -> Strategy:
    """A strategy with one of everything that must be there; ``owner`` has the channel."""
    workspace = owner.workspace
    strategy = make_strategy(workspace, **more)
    Channel.objects.get_or_create(
        workspace=workspace, network="instagram", defaults={"handle": "@fjordlys", "owner": owner}
    )
    families = Audience.objects.create(strategy=strategy, name="Families", position=1)
    message = KeyMessage.objects.create(strategy=strategy, text="Open for everyone", position=1)
    message.audiences.add(families)
    Objective.objects.create(strategy=strategy, statement="Be known", position=1)
    return strategy


def submitted(
    strategy: Strategy, *, by: Membership, reviewers: "list[Membership] | None" = None, **more: Any
) -> StrategyVersion:
    """The next version, submitted by ``by``."""
    return submit_strategy(
        strategy, reviewers=reviewers or [], note=more.get("note", ""), by=by.user
    )
