"""The entry of the main navigation."""

from django.utils.translation import gettext_lazy as _

from core.navigation import NavigationEntry, register

register(
    NavigationEntry(
        code="settings",
        label=_("Settings"),
        icon="settings",
        url_name="workspaces:settings",
        place=70,
        permission="edit_settings",
    )
)
