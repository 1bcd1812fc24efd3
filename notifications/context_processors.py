"""What the frame of every page shows of the notices."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from notifications.models import Notification


def bell(request: HttpRequest) -> dict[str, Any]:
    """Give ``unread_notices``: how many wait in this workspace; asked only where it is shown."""
    slug = request.resolver_match.kwargs.get("workspace") if request.resolver_match else None
    if slug is None or not request.user.is_authenticated:
        return {"unread_notices": 0}
    user = request.user
    unread = Notification.objects.to(user).unread().filter(workspace__slug=slug)
    return {"unread_notices": SimpleLazyObject(unread.count)}
