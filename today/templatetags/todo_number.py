"""The number beside Today, on every page of a workspace."""

from django import template
from django.template import Context

from today.todo_list import TodoList, number_of_todos

register = template.Library()


@register.simple_tag(takes_context=True)
def todo_number(context: Context) -> int:
    """Return how much waits for the member whose page it is: one query, and none on Today itself.

    A page that no member looks at, such as an error's, has nothing waiting and asks nothing.
    """
    member = context.get("membership")
    if member is None:
        return 0
    todo_list = context.get("todo_list")
    if isinstance(todo_list, TodoList):
        return todo_list.number
    return number_of_todos(member, today=member.workspace.today())
