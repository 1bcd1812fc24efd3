"""Support: look a person up, close an account."""

from django.contrib import admin

from accounts.models import User
from core.support import SupportAdmin


@admin.register(User)
class UserAdmin(SupportAdmin):
    """People. Passwords are reset by the person; roles are given inside a workspace."""

    list_display = ["email", "name", "is_active", "is_staff", "joined_at", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email", "name"]
    exclude = ["password", "groups", "user_permissions"]
    may_change = ("is_active",)
