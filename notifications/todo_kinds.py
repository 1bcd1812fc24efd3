"""What can wait for a person: a registry of kinds of todo, one entry each.

An app registers its own in ``<app>/todos.py``, which is found by name. Today shows them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from core.registry import Registry
from workspaces.models import Membership


@dataclass(frozen=True)
class Todo:
    """One thing that waits for a person, in words.

    ``by`` is the exact date with the relative one beside it. ``done_url`` takes a POST that ticks it
    off; where it is empty, ``url`` with ``verb`` leads to the place. Without ``due_on`` it waits
    since it was asked for, or, where ``can_wait``, for nobody in particular.
    """

    title: str
    by: str
    icon: str
    url: str
    verb: str = ""
    due_on: date | None = None
    late: str = ""
    done_url: str = ""
    can_wait: bool = False


@dataclass(frozen=True)
class TodoKind:
    """One kind of thing that waits.

    ``find`` returns all of it for a member, nothing where the role does not allow it. ``describe``
    turns some of it into todos. A kind with a date is a ``DatedTodoKind``.
    """

    code: str
    find: Callable[[Membership], QuerySet[Any]]
    describe: Callable[[QuerySet[Any], Membership, date], Iterator[Todo]]


@dataclass(frozen=True)
class DatedTodoKind(TodoKind):
    """A kind of thing with a date: only what is due soon counts, and a long list is cut.

    ``due_field`` and ``place_field`` name the date and where a thing is listed; ``more_url`` takes
    the places of what is left out and returns where to find it.
    """

    due_field: str
    place_field: str
    more_url: Callable[[Membership, set[Any]], str]


TODO_KINDS: Registry[TodoKind] = Registry("kind of todo", module="todos")


def register(kind: TodoKind) -> None:
    """Make a kind of todo known."""
    TODO_KINDS.register(kind.code, kind)
