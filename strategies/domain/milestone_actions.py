"""Where a milestone of a kind is done: a registry of pages, one entry each.

An app registers its own in ``<app>/milestone_actions.py``, which is found by name. A kind without
an entry is ticked off by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from core.registry import Registry
from strategies.models import Milestone
from workspaces.models import Workspace


@dataclass(frozen=True)
class MilestoneAction:
    """``words`` say what is done there; ``url`` returns the page that does it."""

    kind: str
    words: "str | Promise"
    url: Callable[[Milestone, Workspace], str]


MILESTONE_ACTIONS: Registry[MilestoneAction] = Registry(
    "milestone action", module="milestone_actions"
)


def register(action: MilestoneAction) -> None:
    """Make known where milestones of a kind are done."""
    MILESTONE_ACTIONS.register(action.kind, action)
