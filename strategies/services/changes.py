"""What was changed since a version was approved: by whom, and taking it back."""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction

from accounts.models import User
from activity.services import record
from core.rows import Row, renumber
from networks.models import Channel
from strategies.domain.answer_types import Answer, Person
from strategies.domain.answers import LOAD_ORDER, answers_of
from strategies.domain.questionnaire import KINDS, NOTE_KIND, STEPS
from strategies.domain.row_kind import RowKind
from strategies.models import StepAnswer, Strategy, StrategyVersion
from strategies.services.rows import (
    remove_row,
    restore_row,
    rows_of,
    save_row,
    set_not_known,
)
from workspaces.models import Membership

OWN_KINDS: tuple[RowKind, ...] = tuple(
    KINDS[code] for code in LOAD_ORDER if not KINDS[code].is_shared
)


_MODELS: dict[str, Any] = {kind.code: kind.model for kind in (*OWN_KINDS, NOTE_KIND)}


def last_changed_by(
    strategy: Strategy, version: StrategyVersion, kinds: Sequence[str]
) -> User | None:
    """Return who wrote last in rows of ``kinds`` (codes) since ``version`` was submitted."""
    first, *others = (
        _MODELS[code]
        ._default_manager.filter(strategy=strategy, updated_at__gt=version.submitted_at)
        .order_by()
        .values("updated_at", "updated_by")
        for code in kinds
    )
    newest = first.union(*others, all=True).order_by("-updated_at").first()
    return User.objects.filter(pk=newest["updated_by"]).first() if newest else None


@transaction.atomic
def discard_changes(strategy: Strategy, version: StrategyVersion, *, by: User) -> None:
    """Write the answers of ``version`` back; what came since is removed, and can be restored.

    Channels stay as they are: they belong to the workspace.
    """
    if version.strategy_id != strategy.pk:
        raise ValueError("the version is of another strategy")
    answers = answers_of(version)
    for kind in reversed(OWN_KINDS):
        _remove_new(strategy, kind, {row.uid for row in answers.of_kind(kind.code)}, by=by)
    for kind in OWN_KINDS:
        _bring_back(strategy, kind, answers.of_kind(kind.code), by=by)
    for step in STEPS:
        note = next((one for one in answers.steps if one.step == step.code), None)
        was = bool(note and note.is_not_known)
        if was or StepAnswer.objects.filter(strategy=strategy, step=step.code).exists():
            set_not_known(
                strategy,
                step,
                is_not_known=was,
                find_out=note.find_out if note else "",
                by_on=note.by_on if note else None,
                finder=_member(strategy, note.finder) if note else None,
                by=by,
            )
    record(
        strategy.workspace,
        by=by,
        verb="strategies.changes_discarded",
        subject=("strategy", str(strategy.uid)),
        label=str(version),
    )


def _remove_new(strategy: Strategy, kind: RowKind, kept: set[str], *, by: User) -> None:
    if kind.single:
        return
    for row in rows_of(strategy, kind.model).live():
        if str(row.uid) not in kept:
            remove_row(row, strategy=strategy, by=by)


def _bring_back(
    strategy: Strategy, kind: RowKind, answers: tuple[Answer, ...], *, by: User
) -> None:
    stored = {str(row.uid): row for row in rows_of(strategy, kind.model)}
    order: list[Row] = []
    for answer in answers:
        row = stored.get(answer.uid)
        values = _values(strategy, kind, answer) if row is not None else None
        if row is None or values is None:
            continue
        if row.removed_at is not None:
            restore_row(row, strategy=strategy, by=by)
            row.refresh_from_db()
        order.append(
            save_row(
                row,
                strategy=strategy,
                values=values,
                not_known=answer.not_known,
                expected=row.revision,
                by=by,
            )
        )
    if kind.order:
        renumber(order)


def _values(strategy: Strategy, kind: RowKind, answer: Answer) -> dict[str, Any] | None:
    """The fields of ``answer`` as rows hold them; None where its channel is gone."""
    found: dict[str, Any] = {}
    for name in kind.fields:
        value, field = getattr(answer, name), kind.model._meta.get_field(name)
        if isinstance(field, models.ManyToManyField):
            related: Any = field.related_model
            value = list(rows_of(strategy, related).live().filter(uid__in=value))
        elif isinstance(field, models.ForeignKey):
            value = _referred(strategy, field.related_model, value)
            if value is None and field.related_model is Channel:
                return None
        found[name] = value
    return found


def _referred(strategy: Strategy, model: Any, value: "Person | str | None") -> Any:
    if value is None:
        return None
    if model is Membership:
        return _member(strategy, value) if isinstance(value, Person) else None
    return rows_of(strategy, model).live().filter(uid=value).first()


def _member(strategy: Strategy, person: Person | None) -> Membership | None:
    if person is None:
        return None
    members = Membership.objects.for_workspace(strategy.workspace)
    found: Membership | None = members.filter(uid=person.uid).first()
    return found
