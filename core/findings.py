"""One shape for everything that is *to look at*, whoever found it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    """How much a finding matters, gravest first."""

    BLOCKER = "blocker", _("Must be fixed")
    NEEDS_APPROVAL = "needs_approval", _("Needs approval")
    WARNING = "warning", _("Should be fixed")
    TIP = "tip", _("Tip")

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True)
class Target:
    """The very field that mends a finding: step and kind by code, row by uid, field by name.

    ``row`` is empty where a row must be added first; ``field`` is empty for the row as a whole.
    """

    step: str
    kind: str = ""
    row: str = ""
    field: str = ""


@dataclass(frozen=True)
class Finding:
    """One sentence why, one link to mend it. ``number`` is how many things the sentence speaks of."""

    severity: Severity
    code: str
    sentence: "str | Promise"
    link: "str | Promise"
    target: Target
    number: int = 1


def how_many(findings: Iterable[Finding]) -> int:
    """Return how many things there are to look at."""
    return sum(finding.number for finding in findings)
