"""Support: look a person up, close an account."""

import allauth.account.admin  # noqa: F401  # registers what is taken back below
import django.contrib.auth.admin  # noqa: F401
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group

from accounts.models import User
from core.support import SupportAdmin

# Groups are not used, and addresses are changed by who owns them.
admin.site.unregister([Group, EmailAddress])


@admin.register(EmailAddress)
class EmailAddressAdmin(SupportAdmin):
    """The addresses of people, and whether they are confirmed."""

    list_display = ["email", "user", "verified", "primary"]
    list_filter = ["verified", "primary"]
    search_fields = ["email", "user__name"]


@admin.register(User)
class UserAdmin(SupportAdmin):
    """People. Passwords are reset by the person; roles are given inside a workspace."""

    list_display = ["email", "name", "is_active", "is_staff", "joined_at", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email", "name"]
    exclude = ["password", "groups", "user_permissions"]
    may_change = ("is_active",)
