"""Writing readings: nothing else does. A reading ends the milestone that asks for it."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from core.exceptions import Refusal
from core.rows import RowRemoved, claim_revision
from core.text import date_words
from core.text_input import is_changed
from measurement.models import Reading
from strategies.in_force import READ
from strategies.models import Strategy
from strategies.services.settling import settle


@dataclass(frozen=True)
class ReadingValues:
    """What a person says of a reading."""

    read_on: date
    value: Decimal
    note: str = ""


@transaction.atomic
def add_reading(
    strategy: Strategy,
    *,
    figure: uuid.UUID,
    name: str,
    values: ReadingValues,
    by: User,
    uid: uuid.UUID | None = None,
) -> Reading:
    """Write down what ``figure``, called ``name``, is. The same ``uid`` again gives the same reading.

    Raises Refusal for a day to come, one before the period and one that has a reading, and in an
    archived strategy.
    """
    Strategy.objects.select_for_update().get(pk=strategy.pk)
    uid = uid or uuid.uuid4()
    found: Reading | None = Reading.objects.filter(strategy=strategy, uid=uid).first()
    if found is not None:
        if found.removed_at is not None:
            restore_reading(found, name=name, by=by)
        return found
    _refuse(strategy, figure, values.read_on)
    _refuse_before_period(strategy, values.read_on)
    reading: Reading = Reading.objects.create(
        strategy=strategy, figure=figure, uid=uid, updated_by=by, **asdict(values)
    )
    _record(
        reading,
        name,
        "measurement.reading_added",
        by=by,
        changes={"value": [None, _written(values.value)]},
    )
    settle(strategy.workspace, by=by, kinds=[READ])
    return reading


@transaction.atomic
def correct_reading(
    reading: Reading, *, name: str, values: ReadingValues, expected: int, by: User
) -> Reading:
    """Change day, value or note; raise Conflict when somebody saved after ``expected``."""
    Strategy.objects.select_for_update().get(pk=reading.strategy_id)
    now: Reading = Reading.objects.select_related("strategy__workspace").get(pk=reading.pk)
    if now.removed_at is not None:
        raise RowRemoved(_("This reading was removed. Bring it back to change it."))
    changed = {
        field: value for field, value in asdict(values).items() if is_changed(now, field, value)
    }
    if not changed:
        return now
    _refuse(now.strategy, now.figure, values.read_on, but=now)
    if "read_on" in changed:
        _refuse_before_period(now.strategy, values.read_on)
    claim_revision(now, expected)
    changes = {
        field: [_written(getattr(now, field)), _written(value)] for field, value in changed.items()
    }
    for field, value in changed.items():
        setattr(now, field, value)
    now.updated_by, now.updated_at = by, timezone.now()
    now.save(update_fields=[*changed, "updated_by", "updated_at"])
    _record(now, name, "measurement.reading_corrected", by=by, changes=changes)
    settle(now.strategy.workspace, by=by, kinds=[READ])
    return now


@transaction.atomic
def remove_reading(reading: Reading, *, name: str, by: User) -> bool:
    """Take a reading away; it can be brought back. False when it was gone already."""
    _refuse_archived(reading.strategy)
    live = Reading.objects.live().filter(pk=reading.pk)
    if not live.update(removed_at=timezone.now(), updated_by=by):
        return False
    _record(reading, name, "measurement.reading_removed", by=by)
    return True


@transaction.atomic
def restore_reading(reading: Reading, *, name: str, by: User) -> bool:
    """Bring a reading back; False when it was there. Raises Refusal where its day has another."""
    Strategy.objects.select_for_update().get(pk=reading.strategy_id)
    if Reading.objects.live().filter(pk=reading.pk).exists():
        return False
    _refuse(reading.strategy, reading.figure, reading.read_on)
    Reading.objects.filter(pk=reading.pk).update(removed_at=None, updated_by=by)
    _record(reading, name, "measurement.reading_restored", by=by)
    settle(reading.strategy.workspace, by=by, kinds=[READ])
    return True


@transaction.atomic
def record_conflict(reading: Reading, *, name: str, both: dict[str, list[str]], by: User) -> None:
    """Keep in the log both texts of fields that two people changed: {field: [saved, typed]}."""
    _record(reading, name, "measurement.reading_conflict", by=by, changes=dict(both))


def _refuse(
    strategy: Strategy, figure: uuid.UUID, day: date, *, but: Reading | None = None
) -> None:
    _refuse_archived(strategy)
    if day > strategy.workspace.today():
        raise Refusal(_("This day is still to come. Choose the day on which it was read."))
    others = Reading.objects.of_figure(strategy, figure).filter(read_on=day)
    if others.exclude(pk=but.pk if but else None).exists():
        raise Refusal(_("This day has a reading already. Correct that one."))


def _refuse_before_period(strategy: Strategy, day: date) -> None:
    version = strategy.versions.approved().first()
    if version and day < version.starts_on:
        raise Refusal(
            _(
                "Readings begin with the period, on %(day)s: choose a day from then on. What the "
                "figure was before stands in question 7, as the figure today."
            )
            % {"day": date_words(version.starts_on, with_year=True)}
        )


def _refuse_archived(strategy: Strategy) -> None:
    if not strategy.is_open:
        raise Refusal(_("This strategy is archived. Reopen it to write down readings."))


def _written(value: Any) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _record(
    reading: Reading,
    name: str,
    verb: str,
    *,
    by: User,
    changes: dict[str, list[Any]] | None = None,
) -> None:
    record(
        reading.strategy.workspace,
        by=by,
        verb=verb,
        subject=("reading", str(reading.uid)),
        label=name,
        changes=changes,
    )
