"""The entry of the main navigation."""

from django.utils.translation import gettext_lazy as _

from core.navigation import NavigationEntry, register

register(
    NavigationEntry(
        code="strategy",
        label=_("Strategy"),
        icon="target",
        url_name="strategies:list",
        place=20,
    )
)
