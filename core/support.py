"""The base of the support pages (Django's admin): look things up, never a second way round a service."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme


class SupportSite(admin.AdminSite):
    """The support pages, behind the product's own sign-in and its limits."""

    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the sign-in, staff back to where they wanted to go, and refuse everybody else."""
        target = request.GET.get(REDIRECT_FIELD_NAME, "")
        if not url_has_allowed_host_and_scheme(target, None) or not target.startswith("/"):
            target = reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(target)
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect(target)

    def password_change(  # type: ignore[override]  # the stubs know Django's own page only
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The product has a page for it, which counts wrong passwords."""
        return redirect("account_change_password")


class SupportAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # any model
    """Registered and searchable; every field is read-only unless ``may_change`` names it."""

    may_change: tuple[str, ...] = ()

    def get_readonly_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> list[str]:
        """Every field but those that support may change."""
        return [field.name for field in self.opts.fields if field.name not in self.may_change]

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nothing is made here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nothing is deleted here."""
        return False
