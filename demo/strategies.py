"""The three strategies: one in force, one for the next period, and one just begun."""

from datetime import date, timedelta

from demo.drafts import RowChange, find_row, rewrite, write
from demo.museum import Museum
from demo.texts.boathouse import JUST_BEGUN
from demo.texts.in_force import BEGIN, IN_FORCE
from demo.texts.next_period import FIRST_DRAFT, SECOND_DRAFT
from strategies.domain.periods import MONTHS, months_later, name_of_months
from strategies.domain.questionnaire import KINDS
from strategies.models import Strategy
from strategies.services.rows import rows_of, save_row
from strategies.services.strategies import create_strategy


def write_in_force(museum: Museum) -> Strategy:
    """Answer all questions of what will be the strategy in force; one size is not known yet."""
    by = museum.users["marketer"]
    with museum.history.on(museum.days_in_force + 41, hour=13):
        strategy = create_strategy(museum.workspace, name=name_of_months(museum.starts_on), by=by)
        write(museum, strategy, IN_FORCE, starts_on=museum.starts_on, by=by)
        cruise = find_row(strategy, "audience", "Cruise guests")
        save_row(
            cruise,
            strategy=strategy,
            values={},
            not_known=("size",),
            expected=cruise.revision,
            by=by,
        )
    return strategy


def write_next(museum: Museum, *, copy_of: Strategy) -> Strategy:
    """Begin the next period's strategy as a copy with the same answers and later dates."""
    by = museum.users["marketer"]
    starts_on = months_later(museum.starts_on, MONTHS)
    with museum.history.on(26, hour=13):
        strategy = create_strategy(
            museum.workspace, name=name_of_months(starts_on), by=by, copy_of=copy_of
        )
        period = BEGIN[:1]
        write(museum, strategy, period, starts_on=starts_on, by=by)
        rewrite(museum, strategy, FIRST_DRAFT, by=by)
        rewrite(museum, strategy, _later_dates(strategy, starts_on), by=by)
    return strategy


def _later_dates(strategy: Strategy, starts_on: date) -> list[RowChange]:
    """Move what the copy took along into its own period, spread over it."""
    changes = []
    for place, row in enumerate(rows_of(strategy, KINDS["initiative"].model)):
        due_on = starts_on + timedelta(days=20 + 25 * place)
        changes.append(RowChange("initiative", row.title, {"due_on": due_on}))
    for place, row in enumerate(rows_of(strategy, KINDS["activity"].model)):
        first = starts_on + timedelta(days=30 + 40 * place)
        days = {"starts_on": first, "ends_on": first + timedelta(days=20)}
        changes.append(RowChange("activity", row.name, days))
    for place, row in enumerate(rows_of(strategy, KINDS["kpi"].model)):
        by_on = starts_on + timedelta(days=150 + 5 * place)
        changes.append(RowChange("kpi", str(row), {"by_on": by_on}))
    return changes


def rewrite_next(museum: Museum, strategy: Strategy) -> None:
    """Answer what the reviewers asked for."""
    with museum.history.on(5, hour=14):
        rewrite(museum, strategy, SECOND_DRAFT, by=museum.users["marketer"])


def begin_another(museum: Museum) -> None:
    """Begin a strategy that hardly says anything yet."""
    by = museum.users["henrik"]
    with museum.history.on(4, hour=15):
        strategy = create_strategy(museum.workspace, name="Opening of the boathouse", by=by)
        write(museum, strategy, JUST_BEGUN, starts_on=museum.today, by=by)
