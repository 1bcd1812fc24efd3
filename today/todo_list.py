"""What waits for one person, soonest first: composed of what the apps below have registered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from notifications.todo_kinds import TODO_KINDS, DatedTodoKind, Todo, TodoKind
from workspaces.models import Membership

DATED_AT_MOST = 12
LATER_AT_MOST = 3  # things with a date that are shown though they are not due soon
SOON = timedelta(days=14)


@dataclass(frozen=True)
class TodoGroup:
    """Late, today, this week, soon or later."""

    name: "str | Promise"
    todos: Sequence[Todo]


@dataclass(frozen=True)
class TodoList:
    """What waits, in groups.

    ``number`` is how much is due now or soon, ``later`` how much comes after. ``more`` things are
    left out; ``more_url`` leads to them.
    """

    groups: Sequence[TodoGroup]
    number: int
    later: int
    more: int
    more_url: str


def todo_list_for(member: Membership, *, today: date) -> TodoList:
    """Return what waits for ``member``; the number of queries does not grow with how much it is."""
    numbers = _number_of_each(member, today)
    todos: list[Todo] = []
    later = more = 0
    more_url = ""
    for kind in TODO_KINDS:
        soon = numbers[kind.code]
        if not isinstance(kind, DatedTodoKind):
            if soon:
                todos += kind.describe(kind.find(member), member, today)
            continue
        found = kind.find(member).order_by(kind.due_field, "pk")
        places = list(found.values_list(kind.place_field, flat=True))
        number = len(places)
        shown = min(soon + LATER_AT_MOST, DATED_AT_MOST, number)
        if shown:
            todos += kind.describe(found[:shown], member, today)
        if number > shown:
            more_url = more_url or kind.more_url(member, set(places[shown:]))
        later, more = later + number - soon, more + number - shown
    return TodoList(
        groups=_grouped(todos, member, today),
        number=numbers.total(),
        later=later,
        more=more,
        more_url=more_url,
    )


def number_of_todos(member: Membership, *, today: date) -> int:
    """Return the ``number`` of ``todo_list_for`` in one query: it stands on every page."""
    return _number_of_each(member, today).total()


def _number_of_each(member: Membership, today: date) -> Counter[str]:
    """Count what is due now or soon, by the code of its kind."""
    first, *others = (
        _due_soon(kind, member, today)
        .order_by()
        .values(todo_kind=Value(kind.code))
        .annotate(number=Count("pk"))
        .values_list("todo_kind", "number")
        for kind in TODO_KINDS
    )
    return Counter(dict(first.union(*others, all=True)))


def _due_soon(kind: TodoKind, member: Membership, today: date) -> QuerySet[Any]:
    found = kind.find(member)
    if isinstance(kind, DatedTodoKind):
        found = found.filter(**{f"{kind.due_field}__lte": today + SOON})
    return found


def week_ends_on(member: Membership, today: date) -> date:
    """Return the last day of the week as the workspace counts it."""
    since = (today.weekday() - member.workspace.week_start) % 7
    return today + timedelta(days=6 - since)


def _grouped(todos: Sequence[Todo], member: Membership, today: date) -> list[TodoGroup]:
    end = week_ends_on(member, today)
    soon = max(end, today + SOON)

    def day_of(todo: Todo) -> date:
        return todo.due_on or (soon if todo.can_wait else today)

    ordered = sorted(todos, key=day_of)
    groups = (
        TodoGroup(gettext_lazy("Late"), [t for t in ordered if day_of(t) < today]),
        TodoGroup(gettext_lazy("Today"), [t for t in ordered if day_of(t) == today]),
        TodoGroup(gettext_lazy("This week"), [t for t in ordered if today < day_of(t) <= end]),
        TodoGroup(gettext_lazy("Soon"), [t for t in ordered if end < day_of(t) <= soon]),
        TodoGroup(gettext_lazy("Later"), [t for t in ordered if day_of(t) > soon]),
    )
    return [group for group in groups if group.todos]
