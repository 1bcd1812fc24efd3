"""How a milestone of a kind is done: a registry of actions, one entry each.

An app registers its own in ``<app>/milestone_actions.py``, which is found by name. A kind without
an entry is ticked off by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.forms import BaseForm
from django.http import QueryDict
from django.utils.functional import Promise

from accounts.models import User
from core.registry import Registry
from strategies.models import Milestone
from workspaces.models import Membership, Workspace
from workspaces.permissions import Permission


class InPlaceForm(Protocol):
    """A small form that does what a milestone asks for; ``form`` is what the page draws.

    ``save`` raises Refusal, and Conflict when somebody else saved at the same moment.
    """

    submit: "str | Promise"

    @property
    def form(self) -> BaseForm:
        """What the page draws."""

    def save(self, *, by: User) -> None:
        """Do it; the form is valid and without conflicts."""

    def record_conflict(self, *, by: User) -> None:
        """Keep both texts in the log."""


class NotInPlace(Exception):
    """This milestone has no form of its own: it is done on another page."""


@dataclass(frozen=True)
class MilestoneAction:
    """``words`` say what is done; ``url`` returns the page that does it.

    ``in_place`` makes the form that stands on the milestone's own page, from what was sent and the
    milestone, or raises NotInPlace. Without ``permission`` whoever can tick it off can do it.
    """

    kind: str
    words: "str | Promise"
    url: Callable[[Milestone, Workspace], str]
    permission: Permission = Permission.TICK_MILESTONE
    in_place: Callable[[QueryDict | None, Milestone, Workspace, Membership], InPlaceForm] | None = (
        None
    )


MILESTONE_ACTIONS: Registry[MilestoneAction] = Registry(
    "milestone action", module="milestone_actions"
)


def register(action: MilestoneAction) -> None:
    """Make known how milestones of a kind are done."""
    MILESTONE_ACTIONS.register(action.kind, action)


def action_of(milestone: Milestone, member: Membership) -> MilestoneAction | None:
    """Return what does ``milestone``, where there is such an action and ``member`` may do it."""
    action = MILESTONE_ACTIONS.get(milestone.kind)
    return action if action and member.can(action.permission) else None
