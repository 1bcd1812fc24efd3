"""On the day, somebody asks whether anything has happened that makes a post wrong."""

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameters
from policies.rules.registry import Hit, PolicyRule, register


def day_of(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    if draft.at is None or draft.is_out or draft.is_looked_at:
        return
    if draft.at.date() == draft.today:
        yield Hit(
            "day-of",
            gettext("Has anything happened that makes this wrong today? Tick it off for the day."),
        )


register(
    PolicyRule(
        code="day_of",
        title=_("Check of the day"),
        about=_(
            "Whatever goes out today stands on one list from 08:00, and somebody ticks off that "
            "nothing has happened that makes it wrong."
        ),
        severity=Severity.WARNING,
        judge=day_of,
    )
)
