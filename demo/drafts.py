"""Writing answers from drafts: keys become rows and people, counted days become dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models

from accounts.models import User
from core.rows import Row
from demo.museum import Museum
from networks.models import Channel
from strategies.domain.periods import MONTHS, months_later
from strategies.domain.questionnaire import KINDS
from strategies.domain.row_kind import RowKind
from strategies.models import ChannelRow, Period, Strategy
from strategies.services.rows import add_row, rows_of, save_row
from strategies.starters import DayOfPeriod, RowDraft
from workspaces.models import Membership


@dataclass(frozen=True)
class DayFromToday:
    """A day before (negative) or after the day on which the demo is made."""

    day: int


@dataclass(frozen=True)
class RowChange:
    """New values for the row of a kind whose name begins with some words; any row without words."""

    kind: str
    beginning: str
    values: Mapping[str, Any]


def write(
    museum: Museum, strategy: Strategy, drafts: Iterable[RowDraft], *, starts_on: date, by: User
) -> None:
    """Make the rows, or fill those that every strategy has."""
    known: dict[str, Row] = {}
    for draft in drafts:
        kind = KINDS[draft.kind]
        values = _settled(museum, kind, draft.values, known, starts_on)
        there = _there(strategy, kind, values)
        if there is not None:
            row = save_row(there, strategy=strategy, values=values, expected=there.revision, by=by)
        else:
            row, _is_new = add_row(strategy, kind, values=values, by=by)
        known[draft.key] = row


def rewrite(museum: Museum, strategy: Strategy, changes: Iterable[RowChange], *, by: User) -> None:
    """Change some fields of rows that are named by how they begin."""
    period = Period.objects.get(strategy=strategy)
    starts_on = period.starts_on or museum.starts_on
    for change in changes:
        row = find_row(strategy, change.kind, change.beginning)
        save_row(
            row,
            strategy=strategy,
            values=_settled(museum, KINDS[change.kind], change.values, {}, starts_on),
            not_known=[name for name in row.not_known if name not in change.values],
            expected=row.revision,
            by=by,
        )


def find_row(strategy: Strategy, code: str, beginning: str) -> Any:
    """Return the first row of a kind whose name begins so."""
    rows = rows_of(strategy, KINDS[code].model)
    return next(row for row in rows if str(row).startswith(beginning))


def _there(strategy: Strategy, kind: RowKind, values: Mapping[str, Any]) -> Row | None:
    """Return the row that was made with the strategy: a single one, or that of a channel."""
    rows = rows_of(strategy, kind.model)
    if kind.single:
        found: Row = rows.get()
        return found
    if issubclass(kind.model, ChannelRow):
        return rows.filter(channel=values["channel"]).first()
    return None


def _settled(
    museum: Museum,
    kind: RowKind,
    values: Mapping[str, Any],
    known: Mapping[str, Row],
    starts_on: date,
) -> dict[str, Any]:
    """Turn keys into rows and people, and days into dates."""
    settled: dict[str, Any] = {}
    for name, value in values.items():
        field = kind.model._meta.get_field(name)
        if isinstance(field, models.ManyToManyField):
            settled[name] = [known[key] for key in value]
        elif not isinstance(field, models.ForeignKey):
            settled[name] = _day(museum, value, starts_on)
        elif field.related_model is Membership:
            settled[name] = museum.members[value]
        elif field.related_model is Channel:
            settled[name] = museum.channels[value]
        else:
            settled[name] = known[value]
    return settled


def _day(museum: Museum, value: Any, starts_on: date) -> Any:
    if isinstance(value, DayFromToday):
        return museum.today + timedelta(days=value.day)
    if isinstance(value, DayOfPeriod):
        first = starts_on if value.day >= 0 else months_later(starts_on, MONTHS)
        return first + timedelta(days=value.day)
    return value
