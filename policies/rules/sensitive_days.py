"""Days on which nothing is sold."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from core.text import date_text, isolated
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameter, Parameters
from policies.rules.registry import Hit, PolicyRule, register

_DAY = re.compile(r"(?:(\d{4})-)?(\d\d)-(\d\d)\b[ \t,:–-]*(.*)")


def sensitive_days(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    if draft.at is None or not draft.is_promotional or draft.is_service_notice:
        return
    day = draft.at.date()
    for line in parameters.lines("days"):
        if is_on(line, day):
            name = name_of(line)
            words = {"day": date_text(day), "name": isolated(name)}
            yield Hit(
                "sensitive-day",
                gettext("%(day)s is %(name)s: nothing is sold that day.") % words
                if name
                else gettext("Nothing is sold on %(day)s.") % words,
            )
            return


def is_on(line: str, day: date) -> bool:
    """Whether a line such as “07-22 Remembrance day” or “2027-01-09” is about a day."""
    match = _DAY.match(line)
    if not match:
        return False
    year, month, day_of_month = match[1], int(match[2]), int(match[3])
    return (not year or int(year) == day.year) and (month, day_of_month) == (day.month, day.day)


def name_of(line: str) -> str:
    match = _DAY.match(line)
    return match[4].strip() if match else ""


def is_a_day(line: str) -> bool:
    """Whether a line begins with a day that there is in some year."""
    match = _DAY.match(line)
    if not match:
        return False
    try:
        date(int(match[1] or 2028), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True


register(
    PolicyRule(
        code="sensitive_days",
        title=_("Sensitive days"),
        about=_("Selling posts do not go out on these days; service notices always may."),
        severity=Severity.WARNING,
        judge=sensitive_days,
        parameters=(
            Parameter(
                name="days",
                kind="lines",
                label=_("Days"),
                help=_(
                    "One on each line: month and day, every year or in one year, and a name. For "
                    "example 07-22 Remembrance day, or 2027-01-09 funeral."
                ),
                is_line=is_a_day,
                line_error=_("Begin each line with month and day, such as 07-22: %(line)s"),
            ),
        ),
    )
)
