"""operations: whether everything runs, told to those who look after it."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Whether everything runs: the status page and what watches the machine."""

    name = "operations"
