"""Support: look a workspace up and who is in it."""

from django.contrib import admin

from core.support import SupportAdmin
from workspaces.models import Membership, Workspace


@admin.register(Workspace)
class WorkspaceAdmin(SupportAdmin):
    list_display = ["name", "slug", "timezone", "created_at"]
    search_fields = ["name", "slug"]


@admin.register(Membership)
class MembershipAdmin(SupportAdmin):
    """Who is in which workspace; changed on the people page only."""

    list_display = ["user", "workspace", "role", "engagement", "engaged_until", "left_at"]
    list_filter = ["role", "engagement"]
    list_select_related = ["user", "workspace"]
    search_fields = ["user__email", "user__name", "workspace__name", "workspace__slug"]
