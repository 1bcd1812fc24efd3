"""Nothing goes out that no person looked at."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from core.text import date_text
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameter, Parameters
from policies.rules.registry import Hit, PolicyRule, register

DEFAULT_DAYS = 14


def no_robot_posts(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    """A post of today that nobody has touched for so many days is read once more."""
    if draft.at is None or draft.touched_at is None or draft.is_out or draft.is_looked_at:
        return
    unseen = timedelta(days=parameters.number("days"))
    if draft.at.date() == draft.today and draft.at - draft.touched_at > unseen:
        yield Hit(
            "unseen",
            gettext(
                "Nobody has looked at this since %(day)s. Read it once more, and tick it off for the day."
            )
            % {"day": date_text(draft.touched_at.date())},
        )


register(
    PolicyRule(
        code="no_robot_posts",
        title=_("No robot posts"),
        about=_(
            "Planning ahead is fine, but nothing goes out that no person has looked at: what nobody "
            "wrote, moved, approved or handed over for a while is read once more on its day. What is "
            "changed for several posts at once does not count."
        ),
        severity=Severity.BLOCKER,
        judge=no_robot_posts,
        parameters=(
            Parameter(
                name="days",
                kind="number",
                label=_("How many days a post may lie untouched"),
                default=DEFAULT_DAYS,
                lowest=1,
                highest=365,
            ),
        ),
    )
)
