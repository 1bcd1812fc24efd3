"""What is not there and what a role does not allow: said inside the workspace, to its members."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from workspaces.models import membership_of
from workspaces.workspace_view import frame_of

_INSIDE = re.compile(r"/w/([-\w]{1,60})/", re.ASCII)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    return render(request, "404.html", _frame(request), status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the person's role does not allow it."""
    return render(request, "403.html", _frame(request), status=403)


def _frame(request: HttpRequest) -> dict[str, Any]:
    """The frame of the workspace in the address, where it is the person's own; otherwise nothing.

    Asked anew: a page that was turned away may not have got so far, and an outsider must not see
    that the workspace exists.
    """
    inside = _INSIDE.match(request.path_info)
    user = getattr(request, "user", None)
    if not inside or not isinstance(user, User):
        return {}
    membership = membership_of(user, inside[1])
    return {"base": "base.html", **frame_of(membership)} if membership else {}
