"""What is taken back from a member who goes: a registry, one entry a kind of thing.

An app registers its own in ``<app>/taken_back.py``, which is found by name. It stands on the member's
page and where a member leaves or is removed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from core.registry import Registry
from workspaces.models import Membership


@dataclass(frozen=True)
class Held:
    """Things that a member has and that are to be taken back.

    ``url`` is the page on which they are ticked off; ``lines`` name them.
    """

    label: "str | Promise"
    lines: Sequence[str]
    url: str


#: Returns None where the member has nothing of the kind.
FindHeld = Callable[[Membership], Held | None]
TAKE_BACK: Registry[FindHeld] = Registry("thing to take back", module="taken_back")


def to_take_back(member: Membership) -> list[Held]:
    """Return what ``member`` has that is to be taken back when they go."""
    return [held for find in TAKE_BACK if (held := find(member))]
