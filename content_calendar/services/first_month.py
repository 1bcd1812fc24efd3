"""The milestone *Plan the first month of posts*: done by itself when the month is planned."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from math import floor

from django.utils.translation import gettext as _

from accounts.models import User
from content_calendar.balance.days import Days
from content_calendar.enums import UNCOUNTED
from content_calendar.models import PostVersion
from strategies.enums import CadencePeriod
from strategies.in_force import WEEKS, Answers, Now, answers_of, cadence_of, kinds_by_channel
from strategies.models import Milestone, Strategy, StrategyVersion
from strategies.services.settling import settle
from workspaces.models import Workspace

FIRST_MONTH = "first-month"  # the milestone's kind
MONTH = timedelta(days=30)


def settle_first_month(workspace: Workspace, *, by: User) -> None:
    """Tick the milestone off where each channel has the plan's lowest number in its first month.

    Called whenever posts are planned or moved; one query where no such milestone is open.
    """
    settle(workspace, by=by, kinds=[FIRST_MONTH])


def planned_first_months(milestones: Sequence[Milestone], now: Now) -> dict[int, str]:
    """Return those of ``milestones`` whose first month is planned, with what is said of it."""
    return {
        milestone.pk: _("The first month is planned on every channel.")
        for milestone in milestones
        if (version := _approved(milestone.strategy))
        and _is_planned(now.workspace, answers_of(version), _first_month(version))
    }


def first_month_of(strategy: Strategy) -> Days | None:
    """Return the first 30 days of the approved period, or None where nothing is approved."""
    versions = StrategyVersion.objects.filter(strategy=strategy).approved()
    version = versions.without_snapshot().first()
    return _first_month(version) if version else None


def _first_month(version: StrategyVersion) -> Days:
    return Days(version.starts_on, version.starts_on + MONTH)


def _approved(strategy: Strategy) -> StrategyVersion | None:
    return StrategyVersion.objects.filter(strategy=strategy).approved().first()


def _is_planned(workspace: Workspace, answers: Answers, month: Days) -> bool:
    """Whether every channel with a lowest number has it; a strategy without any asks for nothing."""
    wanted = {
        channel: _lowest(cadence.exact_lowest, cadence.period, month)
        for channel, kinds in kinds_by_channel(answers).items()
        if (cadence := cadence_of(kinds)).exact_lowest
    }
    if not wanted:
        return False
    planned = Counter(
        str(uid)
        for uid in PostVersion.objects.filter(
            post__workspace=workspace,
            post__removed_at__isnull=True,
            post__planned_on__range=(month.first, month.last),
        )
        .exclude(post__state__in=UNCOUNTED)
        .values_list("channel__uid", flat=True)
    )
    return all(planned[channel] >= lowest for channel, lowest in wanted.items())


def _lowest(lowest: Fraction | None, period: CadencePeriod, month: Days) -> int:
    weeks = Fraction(len(month), 7)
    return floor((lowest or 0) * weeks / WEEKS[period])
