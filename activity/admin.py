"""Support: read the log."""

from django.contrib import admin

from activity.models import Record
from core.support import SupportAdmin


@admin.register(Record)
class RecordAdmin(SupportAdmin):
    list_display = ["at", "workspace", "by", "verb", "label"]
    list_filter = ["verb"]
    list_select_related = ["workspace", "by"]
    ordering = ["-at"]
    search_fields = ["label", "by__email", "workspace__slug", "subject_uid"]
