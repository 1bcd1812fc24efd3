"""What a leaver's work is: a registry of kinds of work, one entry each.

An app registers its own in ``<app>/reassignment.py``, which is found by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from accounts.models import User
from core.registry import Registry
from workspaces.models import Membership


class Move(Protocol):
    """Gives everything of this kind to another member; returns how much it was."""

    def __call__(self, from_: Membership, to: Membership, *, by: User) -> int: ...


@dataclass(frozen=True)
class Work:
    """One kind of work that a person can hold. ``code`` is an identifier."""

    code: str
    label: "str | Promise"
    count: Callable[[Membership], int]
    move: Move


WORKS: Registry[Work] = Registry("kind of work", module="reassignment")


def register(work: Work) -> None:
    """Make a kind of work known."""
    WORKS.register(work.code, work)


def held_by(membership: Membership) -> list[tuple[Work, int]]:
    """Return the kinds of work that the member holds something of, and how much."""
    counted = ((work, work.count(membership)) for work in WORKS)
    return [(work, number) for work, number in counted if number]
