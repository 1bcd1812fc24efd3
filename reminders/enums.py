"""Choices about reminders."""

from datetime import time, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Code of the reminders that people set themselves.
OWN = "own"

#: What belongs to a day is looked up when the day is half an hour old in the workspace: the clocks
#: change at midnight in some places.
DAY_BEGINS = time(0, 30)
#: Emails about a day go out then, by the workspace's clock.
MORNING = time(8)

#: Later than this it is no longer sent but listed.
TOO_LATE = timedelta(hours=24)


class FiringState(models.TextChoices):
    """What became of one occurrence."""

    TOLD = "told", _("Told")
    EXPIRED = "expired", _("Not sent: more than a day late")
    DROPPED = "dropped", _("Not sent: no longer wanted")


class Repeat(models.TextChoices):
    """How often a reminder comes, as a person chooses it."""

    ONCE = "", _("Once")
    DAILY = "daily", _("Every day")
    WEEKDAYS = "weekdays", _("Monday to Friday")
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every two weeks")
    MONTHLY = "monthly", _("Every month")
    YEARLY = "yearly", _("Every year")
