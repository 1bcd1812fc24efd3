"""The entry of the main navigation."""

from django.utils.translation import gettext_lazy as _

from core.navigation import NavigationEntry, register

register(
    NavigationEntry(
        code="policies",
        label=_("Policies"),
        icon="doc",
        url_name="policies:list",
        place=40,
    )
)
