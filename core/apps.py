"""core: what two apps or more share, and that imports no app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What two apps or more share, and that imports no app."""

    name = "core"
