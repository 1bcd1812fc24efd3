"""Writing answers: every row by itself, each with its revision.

Adding, moving, removing and restoring change places, so they lock the strategy; places of live rows
are 1, 2, 3 … A save locks nothing: ``claim_revision`` decides. Channels are seen here as rows of a
strategy, and written by ``networks.services``. Times are UTC.
"""

import contextlib
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from activity.services import record, record_once
from core.exceptions import Conflict, Refusal
from core.fields import CodesField, TimesField
from core.form_fields import DayOrMonthField, clock_text
from core.idempotency import uid_from_token
from core.rows import (
    Row,
    RowQuerySet,
    RowRemoved,
    claim_revision,
    is_blank,
    refuse_too_many,
    renumber,
)
from core.text_input import is_changed
from networks import services as networks
from networks.models import Channel
from networks.pasted import channel_of
from strategies.domain.paste import AT_MOST, PastedLine, lines_of
from strategies.domain.questionnaire import KIND_OF_MODEL, STEP_BY_CODE, STEP_OF_KIND
from strategies.domain.roadmap import FIND_OUT, FIX, MEASURE
from strategies.domain.row_kind import RowKind, Step
from strategies.domain.watching import is_answered_on
from strategies.models import AnswerRow, ChannelWatch, StepAnswer, Strategy
from strategies.services.settling import settle
from workspaces.models import Membership, Workspace

#: Kinds of milestone that wait for answers of a strategy.
ANSWERED = (FIND_OUT, FIX, MEASURE)


class Archived(Refusal):
    """The strategy is archived, and nothing in it changes."""


class UnreadablePaste(Refusal):
    """What was pasted cannot become rows; nothing was written."""


def rows_of(strategy: Strategy, model: type[Row]) -> RowQuerySet:
    """Return the rows of a kind that ``strategy`` sees: its own, or its workspace's channels."""
    owner: dict[str, Any] = (
        {"strategy": strategy}
        if issubclass(model, AnswerRow)
        else {"workspace": strategy.workspace_id}
    )
    rows: RowQuerySet = model.objects.filter(**owner)
    return rows


def said_in_workspace(strategy: Strategy, model: type[Row]) -> RowQuerySet:
    """Return the live rows of a kind in all strategies of the workspace, changed last first."""
    owner = "strategy__workspace" if issubclass(model, AnswerRow) else "workspace"
    rows: RowQuerySet = model.objects.filter(**{owner: strategy.workspace_id}).live()
    return rows.order_by("-updated_at", "-pk")


def uid_for(strategy: Strategy, kind: RowKind, token: str) -> uuid.UUID:
    """Return the uid of the row that a form with ``token`` makes: the same token, the same row."""
    if kind.single:
        return uuid.uuid5(strategy.uid, kind.code)
    return uid_from_token(strategy.uid, kind.code, token)


@transaction.atomic
def add_row(
    strategy: Strategy,
    kind: RowKind,
    *,
    values: Mapping[str, Any],
    by: User,
    not_known: Iterable[str] = (),
    token: str = "",
) -> tuple[Row, bool]:
    """Add a row behind the others; return it, and whether it is new.

    The same ``token`` with the same values again returns the row it made. Raises Conflict when that
    row says something else by now, RowRemoved when it was removed, and Refusal for a code that is no
    choice; nothing is written then.
    """
    _lock_open(strategy, kind.model)
    uid = uid_for(strategy, kind, token)
    rows = rows_of(strategy, kind.model)
    found = rows.filter(uid=uid).first()
    if found is None and kind.single:
        found = rows.live().in_order().first()
    if found is not None:
        if found.removed_at is not None:
            raise RowRemoved(_removed())
        if changes_of(found, values, not_known):
            raise Conflict
        return found, False
    if kind.is_shared:
        said = {**values, "not_known": tuple(not_known)}
        return networks.add_channel(strategy.workspace, said, by=by, uid=uid), True
    live = rows.live().count()
    refuse_too_many(live + 1)
    row = _new(strategy, kind, uid=uid, values=values, not_known=not_known, by=by)
    row.position = live + 1
    row.save(force_insert=True)
    for name, chosen in _many(kind.model, values).items():
        getattr(row, name).set(chosen)
    _record(row, strategy, "row_added", by=by)
    _answer_question(strategy, kind, by=by)
    settle(strategy.workspace, by=by, kinds=ANSWERED)
    return row, True


@transaction.atomic
def save_row(
    row: Row,
    *,
    strategy: Strategy,
    values: Mapping[str, Any],
    expected: int,
    by: User,
    not_known: Iterable[str] = (),
) -> Row:
    """Write what differs in ``values``, and return the row as it is now.

    Raises Conflict when the row is no longer at revision ``expected`` and differs from ``values``;
    the same values twice are fine. Raises Refusal for a code that is no choice of its field.
    """
    _refuse_archived(strategy)
    if isinstance(row, Channel):
        said = {**values, "not_known": tuple(not_known)}
        return networks.save_channel(row, said, expected=expected, by=by)
    now = type(row)._default_manager.get(pk=row.pk)
    if now.removed_at is not None:
        raise RowRemoved(_removed())
    changes = changes_of(now, values, not_known)
    if not changes:
        return now
    _refuse_unknown(type(now), {name: values[name] for name in changes if name in values})
    claim_revision(now, expected)
    many = _many(type(now), values)
    written = [name for name in changes if name not in many]
    for name in written:
        setattr(now, name, tuple(not_known) if name == "not_known" else values[name])
    now.updated_at, now.updated_by = timezone.now(), by
    now.save(update_fields=[*written, "updated_at", "updated_by"])
    for name, chosen in many.items():
        if name in changes:
            getattr(now, name).set(chosen)
    _record(now, strategy, "row_saved", by=by, changes=changes)
    if any(name != "not_known" and not _is_empty(now, name) for name in changes):
        _answer_question(strategy, _kind(now), by=by)
    settle(strategy.workspace, by=by, kinds=ANSWERED)
    return now


@transaction.atomic
def record_conflict(
    row: Row, kind: RowKind, *, strategy: Strategy, both: Mapping[str, list[str]], by: User
) -> None:
    """Keep in the log both texts of fields that two people changed: {field: [saved, typed]}.

    The person is asked which one to take; the other one can be found there. The same conflict again
    adds no second record.
    """
    if isinstance(row, Channel):
        networks.record_conflict(row, both=both, by=by)
        return
    record_once(
        strategy.workspace,
        by=by,
        verb="strategies.row_conflict",
        subject=(kind.code, str(row.uid)),
        label=str(kind.heading if kind.single else row),
        changes=dict(both),
    )


@transaction.atomic
def move_row(
    row: Row,
    *,
    strategy: Strategy,
    by: User,
    direction: Literal["up", "down", ""] = "",
    position: int | None = None,
) -> int:
    """Move one place ``up`` or ``down``, or to ``position`` (1 is first); return where it stands.

    Beyond an end is the end. The revision stays: moving a row disturbs nobody who writes in it.
    """
    _lock_open(strategy, type(row))
    order = list(rows_of(strategy, type(row)).live().in_order())
    places = {one.pk: place for place, one in enumerate(order, start=1)}
    if row.pk not in places:
        raise RowRemoved(_("This was removed meanwhile. Bring it back, then move it."))
    before = places[row.pk]
    wanted = position if position is not None else before + {"up": -1, "down": 1, "": 0}[direction]
    after = max(1, min(wanted, len(order)))
    if isinstance(row, Channel):
        networks.move_channel(row, after)
    else:
        order.insert(after - 1, order.pop(before - 1))
        renumber(order)
    if after != before:
        _record(row, strategy, "row_moved", by=by, changes={"position": [before, after]})
    return after


@transaction.atomic
def remove_row(row: Row, *, strategy: Strategy, by: User) -> bool:
    """Take a row away, to be restored at will; False when it was gone already.

    What refers to it keeps the reference; ``Answers`` leave it out until the row is back.
    """
    _lock_open(strategy, type(row))
    if isinstance(row, Channel):
        return networks.remove_channel(row, by=by)
    if _kind(row).single:
        raise Refusal(_("This part belongs to every strategy and cannot be removed."))
    gone = rows_of(strategy, type(row)).live().filter(pk=row.pk)
    now = timezone.now()
    if not gone.update(removed_at=now, revision=F("revision") + 1, updated_at=now, updated_by=by):
        return False
    renumber(rows_of(strategy, type(row)).live().in_order())
    _record(row, strategy, "row_removed", by=by)
    settle(strategy.workspace, by=by, kinds=ANSWERED)
    return True


@transaction.atomic
def restore_row(row: Row, *, strategy: Strategy, by: User) -> bool:
    """Bring a removed row back to where it stood; False when it was there already."""
    _lock_open(strategy, type(row))
    if isinstance(row, Channel):
        return networks.restore_channel(row, by=by)
    rows = rows_of(strategy, type(row))
    order = list(rows.live().in_order())
    now = rows.get(pk=row.pk)
    if now.removed_at is None:
        return False
    refuse_too_many(len(order) + 1)
    order.insert(max(0, min(now.position - 1, len(order))), now)
    now.removed_at, now.revision = None, now.revision + 1
    now.updated_at, now.updated_by = timezone.now(), by
    now.save(update_fields=["removed_at", "revision", "updated_at", "updated_by"])
    renumber(order)
    _record(now, strategy, "row_restored", by=by)
    _answer_question(strategy, _kind(now), by=by)
    settle(strategy.workspace, by=by, kinds=ANSWERED)
    return True


@transaction.atomic
def paste_rows(
    strategy: Strategy,
    kind: RowKind,
    *,
    text: str,
    by: User,
    token: str = "",
    shared: Mapping[str, Any] | None = None,
    not_known: Iterable[str] = (),
    watch: Mapping[str, Any] | None = None,
) -> list[Row]:
    """Make a row of every line; all of them or, with UnreadablePaste, none.

    ``shared`` holds what was said once for all lines (fields of ``kind.paste_shared``), ``watch``
    what was said of the watch of all channels that are pasted,
    ``not_known`` names the fields that are not known yet of any. The same ``token`` again finds
    the rows it made, but for those that somebody else removed; a line that it did not bring before is added.
    """
    if not kind.paste:
        raise UnreadablePaste(_("Lines cannot be pasted here. Add them one by one."))
    lines = lines_of(text)
    _refuse_none_or_too_many(lines)
    if not kind.is_shared:
        _refuse_unreadable(kind, lines)
    _lock_open(strategy, kind.model)
    not_known = tuple(not_known)
    rows = rows_of(strategy, kind.model)
    said = [f"{name}={value}" for name, value in sorted((shared or {}).items())]
    said += not_known
    uids = [
        uid_for(strategy, kind, " ".join([token, str(line.number), line.text, *said]))
        if token
        else uuid.uuid4()
        for line in lines
    ]
    found = list(rows.filter(uid__in=uids))
    there = {row.uid for row in found}
    # What somebody else has removed since stays removed.
    known = [row for row in found if row.removed_at is None or row.updated_by_id == by.pk]
    for row in known:
        restore_row(row, strategy=strategy, by=by)
    new = [(uid, line) for uid, line in zip(uids, lines, strict=True) if uid not in there]
    if not new:
        return known
    live = rows.live().count()
    refuse_too_many(live + len(new), of_these=len(new))
    if kind.is_shared:
        return _paste_channels(
            strategy, new, shared=shared or {}, not_known=not_known, watch=watch or {}, by=by
        )
    made = [
        _new(
            strategy,
            kind,
            uid=uid,
            values={**(shared or {}), **_said_in(line, kind)},
            not_known=[name for name in not_known if name not in _said_in(line, kind)],
            by=by,
        )
        for uid, line in new
    ]
    for place, row in enumerate(made, start=live + 1):
        row.position = place
    kind.model._default_manager.bulk_create(made)
    record(
        strategy.workspace,
        by=by,
        verb="strategies.rows_pasted",
        subject=(kind.code, str(strategy.uid)),
        label=strategy.name,
        changes={kind.code: [None, [line.text for _uid, line in new]]},
    )
    _answer_question(strategy, kind, by=by)
    settle(strategy.workspace, by=by, kinds=ANSWERED)
    return made


def _said_in(line: PastedLine, kind: RowKind) -> dict[str, Any]:
    """Return the fields that a pasted line answers: its text, and the day in its last cell."""
    if kind.paste_day and line.last_cell and any(map(str.isalpha, line.before)):
        field = DayOrMonthField(edge="first" if kind.paste_day == "starts_on" else "last")
        with contextlib.suppress(ValidationError):
            return {kind.paste: line.before, kind.paste_day: field.clean(line.last_cell)}
    return {kind.paste: line.text}


def _paste_channels(
    strategy: Strategy,
    lines: Sequence[tuple[uuid.UUID, PastedLine]],
    *,
    shared: Mapping[str, Any],
    not_known: Sequence[str],
    watch: Mapping[str, Any],
    by: User,
) -> list[Row]:
    """Make a channel of each line, and its watch in this strategy where people write to us."""
    read = [(uid, line, channel_of(line.text)) for uid, line in lines]
    _refuse_unreadable(KIND_OF_MODEL[Channel], [line for _uid, line in lines], read)
    made: list[Row] = []
    for uid, _line, values in read:
        said = {**values, **shared, "not_known": not_known}
        channel = networks.add_channel(strategy.workspace, said, by=by, uid=uid)
        made.append(channel)
        if is_answered_on(channel) and not all(map(is_blank, watch.values())):
            add_row(
                strategy,
                KIND_OF_MODEL[ChannelWatch],
                values={"channel": channel, **watch},
                by=by,
                token=f"pasted {uid}",
            )
    return made


@transaction.atomic
def say_not_known(
    strategy: Strategy, kind: RowKind, open_rows: Mapping[str, Collection[str]], *, by: User
) -> list[Row]:
    """Answer fields with *not known yet* in many rows at once, and return those that changed.

    ``open_rows`` names the rows of each field by uid; what was answered before is left as it is.
    Raises Archived, and Conflict when somebody saved one of them meanwhile; nothing is changed then.
    """
    _lock_open(strategy, kind.model)
    uids = {uid for wanted in open_rows.values() for uid in wanted}
    changed: list[Row] = []
    answered: dict[str, list[str]] = {}
    for row in rows_of(strategy, kind.model).live().in_order().filter(uid__in=uids):
        fields = [name for name, wanted in open_rows.items() if str(row.uid) in wanted]
        new = [name for name in fields if name not in row.not_known and _is_empty(row, name)]
        if not new:
            continue
        wanted = (*row.not_known, *new)
        if isinstance(row, Channel):
            networks.save_channel(row, {"not_known": wanted}, expected=row.revision, by=by)
        else:
            claim_revision(row, row.revision)
            row.not_known, row.updated_at, row.updated_by = wanted, timezone.now(), by
            row.save(update_fields=["not_known", "updated_at", "updated_by"])
        changed.append(row)
        for name in new:
            answered.setdefault(name, []).append(str(row))
    if changed and not kind.is_shared:
        record(
            strategy.workspace,
            by=by,
            verb="strategies.rows_not_known",
            subject=(kind.code, str(strategy.uid)),
            label=strategy.name,
            changes={name: [None, titles] for name, titles in answered.items()},
        )
    return changed


def _is_empty(row: Row, name: str) -> bool:
    if row._meta.get_field(name).many_to_many:
        return not getattr(row, name).exists()
    return is_blank(getattr(row, name))


def said_before(strategy: Strategy, kind: RowKind, made: Sequence[Row]) -> list[str]:
    """Return what the pasted rows ``made`` say that another row says too, each once."""
    if kind.is_shared:
        here = Counter(str(row) for row in rows_of(strategy, kind.model).live())
        return [text for text in dict.fromkeys(map(str, made)) if here[text] > 1]
    said = Counter(getattr(row, kind.paste) for row in made)
    others = rows_of(strategy, kind.model).live().exclude(pk__in=[row.pk for row in made])
    said.update(
        set(others.filter(**{f"{kind.paste}__in": list(said)}).values_list(kind.paste, flat=True))
    )
    return [text for text, times in said.items() if times > 1]


@transaction.atomic
def set_not_known(
    strategy: Strategy,
    step: Step,
    *,
    is_not_known: bool,
    by: User,
    find_out: str = "",
    finder: Membership | None = None,
    by_on: date | None = None,
    expected: int | None = None,
) -> StepAnswer:
    """Answer a question as a whole with *not known yet*, or take that back.

    Raises Conflict when somebody changed it after revision ``expected`` (None: not looked at). What
    nobody has answered yet is in nobody's way.
    """
    _lock_open(strategy, StepAnswer)
    answer, is_new = StepAnswer._default_manager.get_or_create(
        strategy=strategy, step=step.code, defaults={"updated_by": by}
    )
    values = {"is_not_known": is_not_known, "find_out": find_out, "finder": finder, "by_on": by_on}
    changes = changes_of(answer, values, ())
    if changes:
        claim_revision(answer, answer.revision if is_new or expected is None else expected)
        for name in changes:
            setattr(answer, name, values[name])
        answer.updated_at, answer.updated_by = timezone.now(), by
        answer.save(update_fields=[*changes, "updated_at", "updated_by"])
        record(
            strategy.workspace,
            by=by,
            verb="strategies.step_not_known" if is_not_known else "strategies.step_known",
            subject=("step", str(answer.uid)),
            label=str(STEP_BY_CODE[step.code].label),
            changes=changes,
        )
        settle(strategy.workspace, by=by, kinds=ANSWERED)
    return answer


def _answer_question(strategy: Strategy, kind: RowKind, *, by: User) -> None:
    """Take *not known yet* back from the question of ``kind``, of which a row now says something."""
    step = STEP_OF_KIND[kind.code]
    marked = StepAnswer.objects.filter(strategy=strategy, step=step.code, is_not_known=True)
    answer = marked.first()
    if answer and marked.update(
        is_not_known=False, revision=F("revision") + 1, updated_at=timezone.now(), updated_by=by
    ):
        record(
            strategy.workspace,
            by=by,
            verb="strategies.step_known",
            subject=("step", str(answer.uid)),
            label=str(step.label),
            changes={"is_not_known": [True, False]},
        )


# --- what the services share ------------------------------------------------------------------


def changes_of(
    row: Row, values: Mapping[str, Any], not_known: Iterable[str]
) -> dict[str, list[Any]]:
    """Return {field: [before, after]} in words, for every field that would change."""
    changes: dict[str, list[Any]] = {}
    many = _many(type(row), values)
    for name, value in values.items():
        if name in many:
            before = list(getattr(row, name).order_by("position", "pk"))
            if {one.pk for one in before} != {one.pk for one in many[name]}:
                changes[name] = [[str(one) for one in before], [str(one) for one in many[name]]]
        elif is_changed(row, name, value):
            changes[name] = [_shown(row, name, getattr(row, name)), _shown(row, name, value)]
    after = tuple(not_known)
    if set(row.not_known) != set(after):
        changes["not_known"] = [_labels(row, row.not_known), _labels(row, after)]
    return changes


def _labels(row: Row, names: Iterable[str]) -> list[str]:
    return [capfirst(str(row._meta.get_field(name).verbose_name)) for name in names]  # type: ignore[union-attr]


def _many(model: type[Row], values: Mapping[str, Any]) -> dict[str, Sequence[Row]]:
    names = {field.name for field in model._meta.many_to_many}
    return {name: list(value) for name, value in values.items() if name in names}


def _shown(row: Row, name: str, value: Any) -> Any:
    """Return a value as the log shows it: words, never a key."""
    field = row._meta.get_field(name)
    choices = dict(field.flatchoices) if isinstance(field, models.Field) and field.choices else {}
    if isinstance(field, CodesField):
        return [str(choices.get(code, code)) for code in value]
    if isinstance(field, TimesField):
        return [clock_text(at) for at in value]
    if value is None or value == "":
        return ""
    if isinstance(value, bool | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(choices.get(value, value))


def _new(
    strategy: Strategy,
    kind: RowKind,
    *,
    uid: uuid.UUID,
    values: Mapping[str, Any],
    not_known: Iterable[str],
    by: User,
) -> Row:
    _refuse_unknown(kind.model, values)
    many = _many(kind.model, values)
    own: dict[str, Any] = {name: value for name, value in values.items() if name not in many}
    own["not_known"] = tuple(not_known)
    return kind.model(uid=uid, updated_by=by, strategy=strategy, **own)  # type: ignore[misc]  # its own


def _refuse_unknown(model: type[Row], values: Mapping[str, Any]) -> None:
    """Refuse a code that is no choice of its field: pages read it as a word that is not there."""
    for name, value in values.items():
        field = model._meta.get_field(name)
        if not isinstance(field, models.Field) or not field.choices:
            continue
        codes = field.to_python(value) if isinstance(field, CodesField) else (value,)
        known = {code for code, _words in field.flatchoices}
        if any(code not in known and not is_blank(code) for code in codes):
            words = {"field": capfirst(str(field.verbose_name))}
            raise Refusal(_("%(field)s: choose from the list.") % words)


def _kind(row: Row) -> RowKind:
    return KIND_OF_MODEL[type(row)]


def _lock_open(strategy: Strategy, model: type[Row]) -> None:
    """Take turns with everybody who changes places, and refuse when the strategy is archived."""
    if model is Channel:
        Workspace.objects.select_for_update().get(pk=strategy.workspace_id)
    _refuse_archived(Strategy.objects.select_for_update().get(pk=strategy.pk))


def _refuse_archived(strategy: Strategy) -> None:
    strategy.refresh_from_db(fields=["state"])
    if not strategy.is_open:
        raise Archived(_("This strategy is archived. Reopen it to change its answers."))


def _removed() -> str:
    return _("This was removed meanwhile. Bring it back, then save again.")


def _refuse_none_or_too_many(lines: Sequence[PastedLine]) -> None:
    if not lines:
        raise UnreadablePaste(_("Write one a line; there is nothing here yet."))
    if len(lines) > AT_MOST:
        words = {"most": AT_MOST, "number": len(lines), "over": len(lines) - AT_MOST}
        raise UnreadablePaste(
            ngettext(
                "Paste at most %(most)d lines at a time; this has %(number)d. None was added: all "
                "of them stand below. Take out the last one and paste it afterwards.",
                "Paste at most %(most)d lines at a time; this has %(number)d. None was added: all "
                "of them stand below. Take out the last %(over)d and paste them afterwards.",
                words["over"],
            )
            % words
        )


def _refuse_unreadable(
    kind: RowKind,
    lines: Sequence[PastedLine],
    channels: Sequence[tuple[uuid.UUID, PastedLine, Mapping[str, Any]]] = (),
) -> None:
    said = [(line, {kind.paste: line.text}) for line in lines]
    if channels:
        said = [(line, dict(values)) for _uid, line, values in channels]
    for name in dict.fromkeys(name for _line, values in said for name in values):
        longest = kind.model._meta.get_field(name).max_length  # type: ignore[union-attr]
        long = [line for line, values in said if len(values[name]) > (longest or len(values[name]))]
        if not long:
            continue
        raise UnreadablePaste(
            ngettext(
                "Line %(lines)s is longer than %(longest)d characters. Shorten it; nothing was "
                "added yet.",
                "Lines %(lines)s are longer than %(longest)d characters. Shorten them; nothing was "
                "added yet.",
                len(long),
            )
            % {"lines": ", ".join(str(line.number) for line in long), "longest": longest}
        )


def _record(
    row: Row,
    strategy: Strategy,
    act: str,
    *,
    by: User,
    changes: dict[str, list[Any]] | None = None,
) -> None:
    kind = _kind(row)
    record(
        strategy.workspace,
        by=by,
        verb=f"strategies.{act}",
        subject=(kind.code, str(row.uid)),
        label=str(kind.heading if kind.single else row),
        changes=changes,
    )
