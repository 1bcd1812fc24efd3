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


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One sentence why, and one link to fix it: ``link`` in words, ``url`` its address.

    ``number`` is how many things the sentence speaks of.
    """

    severity: Severity
    code: str
    sentence: "str | Promise"
    link: "str | Promise"
    url: str
    number: int = 1


def how_many(findings: Iterable[Finding]) -> int:
    """Return how many things there are to look at."""
    return sum(finding.number for finding in findings)
