"""strategies: the eight questions, the checks, the review and the roadmap."""

from django.apps import AppConfig


class StrategiesConfig(AppConfig):
    """The eight questions, the checks, the review and the roadmap."""

    name = "strategies"

    def ready(self) -> None:
        """Find how milestones are done and what ends them; channels end some."""
        from networks.after_saving import AFTER_SAVING
        from strategies.domain.milestone_actions import MILESTONE_ACTIONS
        from strategies.domain.milestone_facts import MILESTONE_FACTS
        from strategies.services.settling import settle_channels

        MILESTONE_ACTIONS.discover()
        MILESTONE_FACTS.discover()
        AFTER_SAVING.register("strategies.milestones", settle_channels)
