"""networks: networks as data, and the channels of a workspace."""

from django.apps import AppConfig


class NetworksConfig(AppConfig):
    """Networks as data, and the channels of a workspace."""

    name = "networks"

    def ready(self) -> None:
        """Find what apps look at on channels, and what they ask before access is given."""
        from networks.access_conditions import ACCESS_CONDITIONS
        from networks.findings import CHANNEL_FINDINGS

        CHANNEL_FINDINGS.discover()
        ACCESS_CONDITIONS.discover()
