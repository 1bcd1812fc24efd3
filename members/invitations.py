"""What a visitor's session remembers of an invitation, and how it is found again."""

import uuid

from django.http import HttpRequest
from django.urls import reverse

from accounts.sign_up import SESSION_KEY, OpenInvitation
from members.models import Invitation
from members.services import may_still_let_in


def reference_of(invitation: Invitation) -> str:
    """Return what the session may keep: no secret, and void when a new link was sent."""
    return f"{invitation.uid}:{invitation.edition}"


def invitation_of(reference: str) -> Invitation | None:
    """Return the invitation that ``reference`` names, while it can be accepted."""
    uid, _colon, edition = reference.partition(":")
    try:
        found = (
            Invitation.objects.open()
            .filter(uid=uuid.UUID(uid), edition=int(edition))
            .select_related("workspace", "invited_by")
            .first()
        )
    except ValueError:
        return None
    return found if found and may_still_let_in(found) else None


def invitation_in(request: HttpRequest) -> Invitation | None:
    """Return the open invitation that the visitor holds, or None."""
    return invitation_of(request.session.get(SESSION_KEY, ""))


def open_invitation(reference: str) -> OpenInvitation | None:
    """Say to the app below whether ``reference`` still opens a door, and where it is."""
    found = invitation_of(reference)
    return OpenInvitation(reverse("members:invitation"), found.email) if found else None
