"""measurement: readings of figures, and how the organisation is doing by them."""

from django.apps import AppConfig


class MeasurementConfig(AppConfig):
    """Readings of figures, and how the organisation is doing by them."""

    name = "measurement"
