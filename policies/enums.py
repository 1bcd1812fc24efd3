"""Choices about policies and their rules."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from workspaces.enums import Engagement


class Concerned(models.TextChoices):
    """Whom a policy binds; each has to read it."""

    EVERYONE = "everyone", _("Employees and externals")
    EMPLOYEES = "employees", _("Employees")
    EXTERNALS = "externals", _("Externals")


#: engagement → the choices that include it
CONCERNING: dict[str, tuple[Concerned, ...]] = {
    Engagement.EMPLOYEE: (Concerned.EVERYONE, Concerned.EMPLOYEES),
    Engagement.EXTERNAL: (Concerned.EVERYONE, Concerned.EXTERNALS),
}


class GoodReason(models.TextChoices):
    """What a writer may answer where a rule asks why; the fourth wants words of one's own."""

    QUOTE = "quote", _("It is a quotation")
    AGREED = "agreed", _("It was agreed with a manager")
    MISTAKEN = "mistaken", _("The rule means something else")
    OTHER = "other", _("Another reason")


class HashtagVerdict(models.TextChoices):
    """What a check of a hashtag came to."""

    SAFE = "safe", _("Safe")
    CAUTION = "caution", _("Caution")
    AVOID = "avoid", _("Avoid")
