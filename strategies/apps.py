"""strategies: the eight questions, the checks, the review and the roadmap."""

from django.apps import AppConfig


class StrategiesConfig(AppConfig):
    """The eight questions, the checks, the review and the roadmap."""

    name = "strategies"

    def ready(self) -> None:
        """Find where each app says that milestones are done."""
        from strategies.domain.milestone_actions import MILESTONE_ACTIONS

        MILESTONE_ACTIONS.discover()
