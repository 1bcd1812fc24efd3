"""Support: where an invitation stands."""

from django.contrib import admin

from core.support import SupportAdmin
from members.models import Invitation


@admin.register(Invitation)
class InvitationAdmin(SupportAdmin):
    """Invitations; the link itself is nowhere to be read."""

    list_display = ["email", "workspace", "role", "created_at", "expires_at", "accepted_at"]
    list_select_related = ["workspace"]
    search_fields = ["email", "workspace__slug"]
    exclude = ["token_hash"]
