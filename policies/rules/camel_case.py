"""Hashtags of several words begin each with a capital letter."""

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from core.text import isolated
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameter, Parameters
from policies.rules.registry import Hit, PolicyRule, register


def camel_case(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    """A long tag all in small letters is read out as one word."""
    longest = parameters.number("longest")
    for tag in draft.hashtags:
        if len(tag) > longest and tag.islower() and "_" not in tag:
            yield Hit(
                "camel-case",
                gettext(
                    "Begin each word of %(tag)s with a capital letter, so that it is read out well."
                )
                % {"tag": isolated(f"#{tag}")},
            )


register(
    PolicyRule(
        code="camel_case",
        title=_("#CamelCase"),
        about=_("Long hashtags in small letters only are read out as one word."),
        severity=Severity.TIP,
        judge=camel_case,
        parameters=(
            Parameter(
                name="longest",
                kind="number",
                label=_("From how many letters on"),
                default=12,
                lowest=3,
                highest=100,
                help=_("A tag of more letters than this is looked at."),
            ),
        ),
    )
)
