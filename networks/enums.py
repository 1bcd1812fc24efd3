"""States of a channel."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChannelState(models.TextChoices):
    """Where an account stands."""

    PLANNED = "planned", _("Planned")
    ACTIVE = "active", _("Active")
    FROZEN = "frozen", _("Frozen")
    CLOSED = "closed", _("Closed")


class OperatorKind(models.TextChoices):
    """Who does the daily work on a channel."""

    PERSON = "person", _("A person")
    TEAM = "team", _("A team")
    AGENCY = "agency", _("An agency")
