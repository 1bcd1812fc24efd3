"""What the frame of every page shows of policies."""

from django import template
from django.template import Context
from django.utils import timezone

from policies.services.holding import HoldOn, hold_on
from policies.services.reading import Due, due_for

register = template.Library()


@register.simple_tag(takes_context=True)
def policies_to_read(context: Context) -> list[Due]:
    """Return what the member of this page has to read, soonest first; one query."""
    membership = context.get("membership")
    return due_for(membership, timezone.now()) if membership else []


@register.simple_tag(takes_context=True)
def posts_stopped(context: Context) -> HoldOn | None:
    """Return the hold that is on in the workspace of this page; one query, or none where it is known."""
    if "hold_on" in context:
        known: HoldOn | None = context["hold_on"]
        return known
    membership = context.get("membership")
    return hold_on(membership.workspace) if membership else None
