"""The entry of the main navigation."""

from django.utils.translation import gettext_lazy as _

from core.navigation import NavigationEntry, register

register(
    NavigationEntry(
        code="calendar",
        label=_("Calendar"),
        icon="cal",
        url_name="calendar:home",
        place=30,
    )
)
