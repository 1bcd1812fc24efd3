"""Nothing is sold at night."""

from collections.abc import Iterator
from datetime import time

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from core.text import time_text
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameter, Parameters
from policies.rules.registry import Hit, PolicyRule, register


def quiet_hours(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    begins, ends = parameters.clock("begins"), parameters.clock("ends")
    if draft.at is None or not draft.is_promotional or draft.is_service_notice:
        return
    if begins and ends and is_within(draft.at.time(), begins, ends):
        yield Hit(
            "quiet-hours",
            gettext("Nothing is sold between %(begins)s and %(ends)s. Choose another time.")
            % {"begins": time_text(begins), "ends": time_text(ends)},
        )


def is_within(at: time, begins: time, ends: time) -> bool:
    """Whether a time lies from ``begins`` up to ``ends``, over midnight where that is later."""
    if begins <= ends:
        return begins <= at < ends
    return at >= begins or at < ends


register(
    PolicyRule(
        code="quiet_hours",
        title=_("Quiet hours"),
        about=_("Selling posts do not go out at these hours; service notices always may."),
        severity=Severity.WARNING,
        judge=quiet_hours,
        parameters=(
            Parameter(name="begins", kind="clock", label=_("From"), default="21:00"),
            Parameter(name="ends", kind="clock", label=_("To"), default="07:00"),
        ),
    )
)
