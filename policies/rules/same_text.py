"""The same text does not go out twice within weeks."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from difflib import SequenceMatcher

import regex
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from core.text import date_text, percent_text
from networks.text_parts import link_spans, outside
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameter, Parameters
from policies.rules.registry import Hit, PolicyRule, register

LONGEST = 3_000  # characters that are compared
_TAG = regex.compile(r"[#＃][\p{L}\p{M}\p{N}_]+")


def same_text(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    """Name the newest post that says much the same; a series and service notices may."""
    at = draft.at.date() if draft.at else draft.today
    days = parameters.number("days_on_x" if draft.network == "x" else "days")
    own = plain(draft.text)
    if draft.is_in_series or draft.is_service_notice or len(own) < parameters.number("shortest"):
        return
    for other in sorted(draft.history, key=lambda other: other.at, reverse=True):
        if abs(other.at.date() - at) > timedelta(days=days):
            continue
        percent = alike(own, plain(other.text), at_least=parameters.number("percent"))
        if percent:
            yield Hit(
                "same-text",
                gettext("This is %(percent)s the same as the post of %(day)s on this channel.")
                % {"percent": percent_text(percent), "day": date_text(other.at.date())},
            )
            return


def plain(text: str) -> str:
    """Return a text as it is compared: without links and tags, in small letters, single blanks."""
    without = _TAG.sub(" ", " ".join(outside(text, link_spans(text))))
    return " ".join(without.casefold().split())[:LONGEST]


def alike(one: str, other: str, *, at_least: int) -> int:
    """Return how many percent of two texts are the same, 0 below ``at_least``."""
    if one == other:
        return 100 if one else 0
    longest = len(one) + len(other)
    # What the letters alone allow; most pairs end here, without the slow comparison.
    shared = (Counter(one) & Counter(other)).total()
    if 200 * shared < at_least * longest:
        return 0
    percent = int(100 * SequenceMatcher(None, one, other, autojunk=False).ratio())
    return percent if percent >= at_least else 0


register(
    PolicyRule(
        code="same_text",
        title=_("Same text"),
        about=_(
            "Compares with what else goes out on the channel, without links and tags. A series and "
            "service notices may repeat themselves."
        ),
        severity=Severity.WARNING,
        judge=same_text,
        parameters=(
            Parameter(
                name="days",
                kind="number",
                label=_("Days that are looked at"),
                default=30,
                lowest=1,
                highest=366,
            ),
            Parameter(
                name="days_on_x",
                kind="number",
                label=_("Days on X"),
                default=7,
                lowest=1,
                highest=366,
            ),
            Parameter(
                name="percent",
                kind="number",
                label=_("Percent alike"),
                default=90,
                lowest=50,
                highest=100,
            ),
            Parameter(
                name="shortest",
                kind="number",
                label=_("Shortest text that is compared, in characters"),
                default=40,
                lowest=1,
                highest=500,
            ),
        ),
    )
)
