"""A figure's reading ends the milestone that asks for it."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from core.templatetags.ui_tags import day
from measurement.figures import counts_from, number_words
from measurement.models import Reading
from strategies.in_force import READ, MilestoneFact, Now, reading_day_of, register_milestone_fact
from strategies.models import Milestone


def _read(milestones: Sequence[Milestone], now: Now) -> Mapping[int, str]:
    """Those whose figure was read on the planned day, somewhat before it, or at any time after."""
    readings: dict[tuple[int, str], list[Reading]] = {}
    strategies = {one.strategy_id: one.strategy for one in milestones}
    found = Reading.objects.live().filter(strategy__in=strategies).order_by("read_on")
    for reading in found:
        readings.setdefault((reading.strategy_id, str(reading.figure)), []).append(reading)
    if not readings:
        return {}
    every = {
        (pk, kpi.uid): kpi.read_every
        for pk, strategy in strategies.items()
        for kpi in now.answers(strategy).kpis
    }
    true: dict[int, str] = {}
    for one in milestones:
        figure = (one.strategy_id, one.row_uid)
        since = counts_from(reading_day_of(one.key), every.get(figure, ""))
        if reading := _first_since(readings.get(figure, ()), since):
            words = {"number": number_words(reading.value), "day": day(reading.read_on)}
            true[one.pk] = _("It was %(number)s on %(day)s.") % words
    return true


def _first_since(readings: Sequence[Reading], since: date) -> Reading | None:
    return next((one for one in readings if one.read_on >= since), None)


register_milestone_fact(MilestoneFact(READ, _read))
