"""Advertising is marked as such."""

from collections.abc import Iterator

import regex
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from core.text import isolated
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameter, Parameters
from policies.rules.registry import Hit, PolicyRule, register


def advertising(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    """The text begins with one of the marks; a # before the mark is allowed."""
    marks = parameters.lines("marks")
    if not draft.advertising or not marks:
        return
    begins = draft.text.lstrip().lstrip("#[(“\"'").lstrip().casefold()
    for mark in marks:
        wanted = mark.lstrip("#").casefold()
        if begins.startswith(wanted) and not regex.match(
            r"[\p{L}\p{M}\p{N}_]", begins[len(wanted) :]
        ):
            return
    yield Hit(
        "advertising-unmarked",
        gettext("Begin the text with %(marks)s: this is advertising.")
        % {"marks": gettext(" or ").join(isolated(f"“{mark}”") for mark in marks)},
    )


register(
    PolicyRule(
        code="advertising",
        title=_("Advertising"),
        about=_(
            "Where a post is paid, for a gift, for a partner or by own staff, the text says so."
        ),
        severity=Severity.WARNING,
        judge=advertising,
        parameters=(
            Parameter(
                name="marks",
                kind="lines",
                label=_("The text begins with one of these"),
                default="Advertisement\nReklame",
                help=_("One on each line."),
            ),
        ),
    )
)
