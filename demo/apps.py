"""demo: the invented organisation that ``make run`` shows."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The invented organisation that ``make run`` shows."""

    name = "demo"
