"""Roles and engagement."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member may do; each holds all that the one before it holds."""

    READER = "reader", _("Reader")
    CONTRIBUTOR = "contributor", _("Contributor")
    MARKETER = "marketer", _("Marketer")
    MANAGER = "manager", _("Manager")
    ADMIN = "admin", _("Admin")


class Engagement(models.TextChoices):
    """Who is bound by which policy."""

    EMPLOYEE = "employee", _("Employee")
    EXTERNAL = "external", _("External")


class WeekStart(models.IntegerChoices):
    """The first day of the week, as ``date.weekday()`` counts."""

    MONDAY = 0, _("Monday")
    SUNDAY = 6, _("Sunday")
