"""reminders: what is due, for whom, when: schedules and timed kinds."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """What is due, for whom, when: schedules and timed kinds."""

    name = "reminders"
