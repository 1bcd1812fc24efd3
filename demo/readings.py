"""The figures of the strategy in force were read every month since it began."""

from decimal import Decimal
from uuid import UUID

from accounts.models import User
from activity.models import Record
from demo.museum import Museum
from measurement.models import Reading
from measurement.services import ReadingValues, add_reading
from strategies.domain.roadmap import reading_days
from strategies.in_force import KpiAnswer, answers_of
from strategies.models import Milestone, Strategy
from workspaces.models import Membership

WRITTEN = (Reading, Milestone, Record)

# Where each figure in turn stands between today's figure and the target, in percent of the way.
WAYS = ((22, 41, 66), (9, 15, 24), (30, 70, 104))


def read_figures(museum: Museum, strategy: Strategy) -> None:
    """Write down the readings of the past, each by the person who reads the figure."""
    answers = answers_of(strategy.versions.approved().get())
    for place, kpi in enumerate(answers.kpis):
        days = [day for day in reading_days(answers, kpi) if day < museum.today]
        for way, day in zip(WAYS[place % len(WAYS)], days, strict=False):
            if kpi.reader is not None:
                reader = Membership.objects.get(uid=kpi.reader.uid)
                _read(museum, strategy, kpi, ReadingValues(day, _value(kpi, way)), by=reader.user)


def _read(
    museum: Museum, strategy: Strategy, kpi: KpiAnswer, values: ReadingValues, *, by: User
) -> None:
    days_ago = (museum.today - values.read_on).days
    with museum.history.on(days_ago, hour=11, only=WRITTEN):
        add_reading(strategy, figure=UUID(kpi.uid), name=kpi.label, values=values, by=by)


def _value(kpi: KpiAnswer, way: int) -> Decimal:
    if kpi.is_sign:
        return Decimal(way > 50)
    baseline = kpi.baseline if kpi.baseline is not None else Decimal(0)
    target = kpi.target if kpi.target is not None else baseline + 10
    return (baseline + (target - baseline) * way / 100).quantize(Decimal(1))
