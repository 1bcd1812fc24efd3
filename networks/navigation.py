"""The entry of the main navigation."""

from django.utils.translation import gettext_lazy as _

from core.navigation import NavigationEntry, register

register(
    NavigationEntry(
        code="channels",
        label=_("Channels"),
        icon="cast",
        url_name="networks:list",
        place=50,
    )
)
