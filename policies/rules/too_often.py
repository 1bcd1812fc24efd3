"""Not too many posts a day on a channel, and not too close together."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from networks.enums import PostFormat
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameter, Parameters
from policies.rules.registry import Hit, PolicyRule, register

#: No posts in the feed of their own.
UNCOUNTED = {PostFormat.STORY, PostFormat.THREAD}


def too_often(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    """Count the posts of the same day, this one among them; 0 switches either limit off."""
    if draft.at is None or draft.format in UNCOUNTED:
        return
    others = [other.at for other in draft.history if other.counts]
    same_day = 1 + sum(at.date() == draft.at.date() for at in others)
    most = parameters.number("most_a_day")
    if most and same_day > most:
        yield Hit(
            "too-many-a-day",
            gettext(
                "This would be post %(number)d of the day on this channel; %(most)d are the most."
            )
            % {"number": same_day, "most": most},
        )
    apart = timedelta(minutes=parameters.number("minutes_apart"))
    near = [at for at in others if abs(at - draft.at) < apart]
    if near:
        yield Hit(
            "too-close",
            gettext(
                "Another post goes out on this channel at %(time)s. Leave %(minutes)d minutes between them."
            )
            % {"time": f"{near[0]:%H:%M}", "minutes": parameters.number("minutes_apart")},
        )


register(
    PolicyRule(
        code="too_often",
        title=_("Too often"),
        about=_(
            "Counts the posts of a day on a channel. Stories, replies and threads do not count."
        ),
        severity=Severity.WARNING,
        judge=too_often,
        parameters=(
            Parameter(
                name="most_a_day",
                kind="number",
                label=_("Posts a day, at most"),
                default=3,
                highest=50,
                help=_("0 means any number."),
            ),
            Parameter(
                name="minutes_apart",
                kind="number",
                label=_("Minutes between two posts"),
                default=60,
                highest=1440,
                help=_("0 means any time."),
            ),
        ),
    )
)
