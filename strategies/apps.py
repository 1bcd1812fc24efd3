"""strategies: the eight questions, the checks, the review and the roadmap."""

from django.apps import AppConfig


class StrategiesConfig(AppConfig):
    """The eight questions, the checks, the review and the roadmap."""

    name = "strategies"
