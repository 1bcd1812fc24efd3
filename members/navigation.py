"""The entry of the main navigation."""

from django.utils.translation import gettext_lazy as _

from core.navigation import NavigationEntry, register

register(
    NavigationEntry(
        code="people",
        label=_("People"),
        icon="people",
        url_name="members:list",
        place=60,
    )
)
