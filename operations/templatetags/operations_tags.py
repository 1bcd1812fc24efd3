"""What the frame of every page tells those who look after the work."""

from django import template
from django.template import Context

from operations.health import has_stopped
from workspaces.permissions import Permission

register = template.Library()


@register.simple_tag(takes_context=True)
def work_has_stopped(context: Context) -> bool:
    """Whether to say that no worker runs; one query, and only for those who may see the status."""
    membership = context.get("membership")
    if membership is None or not membership.can(Permission.SEE_STATUS):
        return False
    return "health" not in context and has_stopped()  # the status page says it by itself
