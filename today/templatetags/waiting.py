"""The number beside Today, on every page of a workspace."""

from django import template
from django.template import Context

from today.waiting import Waiting, number_waiting

register = template.Library()


@register.simple_tag(takes_context=True)
def waiting_number(context: Context) -> int:
    """Return how much waits for the member whose page it is: one query, and none on Today itself.

    A page that no member looks at, such as an error's, has nothing waiting and asks nothing.
    """
    member = context.get("membership")
    if member is None:
        return 0
    waiting = context.get("waiting")
    if isinstance(waiting, Waiting):
        return waiting.number
    return number_waiting(member, today=member.workspace.today())
