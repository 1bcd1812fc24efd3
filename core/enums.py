"""Choices that several apps share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentCategory(models.TextChoices):
    """The three parts of the mix."""

    PROMOTIONAL = "promotional", _("Selling")
    INFORMATIVE = "informative", _("Useful")
    ENGAGEMENT = "engagement", _("Dialogue")


class Weekday(models.TextChoices):
    """Days, as ISO counts them."""

    MON = "1", _("Mon")
    TUE = "2", _("Tue")
    WED = "3", _("Wed")
    THU = "4", _("Thu")
    FRI = "5", _("Fri")
    SAT = "6", _("Sat")
    SUN = "7", _("Sun")
