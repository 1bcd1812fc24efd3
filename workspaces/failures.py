"""What is not there and what a role does not allow: said inside the workspace, to its members.

What was typed into a form that is turned away stands on the page, so that it can be copied.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from accounts.models import User
from workspaces.models import membership_of
from workspaces.workspace_view import frame_of

#: Fields that the page sends by itself; a form's prefix may stand before them.
_SENT_BY_ITSELF = re.compile(r"(?:.*-)?(?:csrfmiddlewaretoken|began|next|query|token)")
_INSIDE = re.compile(r"/w/([-\w]{1,60})/", re.ASCII)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    return _said(request, "404.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the person's role does not allow it."""
    return _said(request, "403.html", status=403)


def _said(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    typed = "\n\n".join(_typed(request.POST))
    return render(request, template, {**_frame(request), "typed": typed}, status=status)


def _typed(sent: QueryDict) -> Iterator[str]:
    """Yield the texts of a form that somebody wrote: of several words, and not there before."""
    began = {text for name in sent if name.endswith("began") for text in _began(str(sent[name]))}
    for name, values in sent.lists():
        if _SENT_BY_ITSELF.fullmatch(name) or "password" in name:
            continue
        for value in values:
            text = value.replace("\r\n", "\n").strip()
            if re.search(r"\s", text) and text not in began:
                yield text


def _began(sent: str) -> list[str]:
    """Return the texts that a form's page began with (``core.merging``)."""
    try:
        stored = json.loads(sent)
    except ValueError:
        return []
    if not isinstance(stored, dict):
        return []
    return [one.replace("\r\n", "\n").strip() for one in stored.values() if isinstance(one, str)]


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
