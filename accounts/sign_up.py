"""Signing up by invitation. The app above that makes invitations says here how they are read."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

SESSION_KEY = "invitation"


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that can still be accepted: ``email`` is empty when anybody may."""

    path: str
    email: str


#: Takes what ``remember_invitation`` stored and returns the invitation while it is open.
Finder = Callable[[str], OpenInvitation | None]
_finders: list[Finder] = []


def find_invitations_by(finder: Finder) -> None:
    """Name the function that finds an invitation."""
    _finders[:] = [finder]


def remember_invitation(request: HttpRequest, reference: str) -> None:
    """Keep in the session which invitation the visitor holds; never the token itself."""
    if request.session.get(SESSION_KEY) != reference:
        request.session[SESSION_KEY] = reference


def forget_invitation(request: HttpRequest) -> None:
    """It was accepted, or declined."""
    request.session.pop(SESSION_KEY, None)


def invitation_of(request: HttpRequest) -> OpenInvitation | None:
    """Return the open invitation that the visitor holds, or None."""
    reference = request.session.get(SESSION_KEY)
    if not reference or not _finders:
        return None
    return _finders[0](reference)
