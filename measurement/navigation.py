"""The entry of the main navigation."""

from django.utils.translation import gettext_lazy as _

from core.navigation import NavigationEntry, register

register(
    NavigationEntry(
        code="results",
        label=_("Results"),
        icon="chart",
        url_name="measurement:results",
        place=35,
    )
)
