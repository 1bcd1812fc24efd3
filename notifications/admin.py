"""Support: where an email stands, and each try."""

from django.contrib import admin

from core.support import SupportAdmin
from notifications.models import Attempt, Delivery


@admin.register(Delivery)
class DeliveryAdmin(SupportAdmin):
    list_display = ["uid", "workspace", "to", "way", "state", "due_at", "attempts", "sent_at"]
    list_filter = ["state", "way"]
    list_select_related = ["workspace", "recipient"]
    search_fields = ["uid", "recipient__email", "address", "workspace__slug"]


@admin.register(Attempt)
class AttemptAdmin(SupportAdmin):
    list_display = ["delivery", "number", "started_at", "ended_at", "outcome", "code"]
    list_filter = ["outcome"]
    list_select_related = ["delivery"]
    search_fields = ["delivery__uid"]
