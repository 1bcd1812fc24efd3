"""The entry of the main navigation."""

from django.utils.translation import gettext_lazy as _

from core.navigation import NavigationEntry, register

register(
    NavigationEntry(
        code="today",
        label=_("Today"),
        icon="home",
        url_name="today:today",
        place=10,
        template="components/todo_number.html",
    )
)
