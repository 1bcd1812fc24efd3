"""The base of the support pages (Django's admin): look things up, never a second way round a service."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest


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
