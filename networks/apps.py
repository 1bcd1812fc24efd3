"""networks: networks as data, and the channels of a workspace."""

from django.apps import AppConfig


class NetworksConfig(AppConfig):
    """Networks as data, and the channels of a workspace."""

    name = "networks"
