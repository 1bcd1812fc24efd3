"""Beginning a strategy (blank, as a copy, from a starter), naming it, putting it away."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from core.exceptions import Refusal
from core.rows import Row
from core.text import isolated
from core.text_input import clean_line
from networks.enums import ChannelState
from networks.models import Channel
from networks.services import add_channel
from strategies.domain.answers import LOAD_ORDER
from strategies.domain.periods import months_later, next_start
from strategies.domain.questionnaire import KINDS, single_kinds
from strategies.enums import StrategyState
from strategies.models import AnswerRow, ChannelRow, Period, StepAnswer, Strategy, StrategyVersion
from strategies.starters import ChannelDraft, DayOfPeriod, Starter
from workspaces.models import Membership, Workspace

#: What a copy does not take along: a row's own history, and the strategy that it belongs to.
OWN_OF_A_ROW = frozenset({"id", "strategy", *(field.name for field in Row._meta.fields)})
#: What it does take along of that: the order, and what was answered with *not known yet*.
KEPT_OF_A_ROW = ("position", "not_known")
#: Tables that are copied and filled: every row kind that belongs to a strategy, referred rows first.
ANSWER_MODELS: tuple[type[AnswerRow], ...] = (
    *(KINDS[code].model for code in LOAD_ORDER if not KINDS[code].is_shared),  # type: ignore[arg-type]
    StepAnswer,
)


@transaction.atomic
def create_strategy(
    workspace: Workspace,
    *,
    name: str,
    by: User,
    copy_of: Strategy | None = None,
    starter: Starter | None = None,
    uid: uuid.UUID | None = None,
    period: tuple[date | None, date | None] = (None, None),
) -> Strategy:
    """Begin a strategy: blank, with the answers of ``copy_of``, or filled from ``starter``.

    The same ``uid`` again gives the same strategy and adds nothing. A copy keeps every live answer
    but the period: ``period`` is its first and last day, empty where nobody said. A starter that
    gets none plans from the first of next month.
    """
    if copy_of is not None and copy_of.workspace_id != workspace.pk:
        raise Refusal(_("Choose a strategy of this workspace."))
    strategy, is_new = Strategy.objects.get_or_create(
        uid=uid or uuid.uuid4(),
        workspace=workspace,
        defaults={"name": name, "copied_from": copy_of, "created_by": by},
    )
    if not is_new:
        return strategy
    if copy_of is not None:
        _copy_answers(copy_of, strategy, by=by)
    elif starter is not None:
        _fill(strategy, starter, period, by=by)
    _ensure_single_rows(strategy, by=by)
    _ensure_channel_rows(strategy, by=by)
    if any(period):
        starts_on, ends_on = period
        Period.objects.filter(strategy=strategy).update(starts_on=starts_on, ends_on=ends_on)
    _record(strategy, "strategies.strategy_created", by=by)
    return strategy


@transaction.atomic
def rename_strategy(strategy: Strategy, *, name: str, before: str, by: User) -> Strategy:
    """Give it another name; versions keep the name that they were submitted under.

    ``before`` is the name that the person read: Refusal when it was renamed in the meantime.
    """
    if clean_line(before).strip() != name:
        if not Strategy.objects.filter(pk=strategy.pk, name=before).update(name=name):
            strategy.refresh_from_db(fields=["name"])
            raise Refusal(
                _(
                    "Somebody else has called it “%(name)s” in the meantime. Rename it again if you want to."
                )
                % {"name": isolated(strategy.name)}
            )
        strategy.name = name
        _record(strategy, "strategies.strategy_renamed", by=by, changes={"name": [before, name]})
    return strategy


@transaction.atomic
def archive_strategy(strategy: Strategy, *, by: User) -> None:
    """Put it away: it is read, no longer edited. Nothing is lost, and it can be reopened."""
    if refusal := why_not_archive(strategy):
        raise Refusal(refusal)
    if _change_state(strategy, StrategyState.OPEN, StrategyState.ARCHIVED):
        _record(strategy, "strategies.strategy_archived", by=by)


@transaction.atomic
def reopen_strategy(strategy: Strategy, *, by: User) -> None:
    """Take it out of the archive, to go on editing."""
    if _change_state(strategy, StrategyState.ARCHIVED, StrategyState.OPEN):
        _record(strategy, "strategies.strategy_reopened", by=by)


def why_not_archive(strategy: Strategy) -> str:
    """Return the sentence that forbids archiving, or nothing."""
    versions = StrategyVersion.objects.filter(strategy=strategy).without_snapshot()
    waiting = versions.waiting().first()
    if waiting is not None:
        return _("Version %(number)d waits for review. Withdraw it before you archive.") % {
            "number": waiting.number
        }
    today = strategy.workspace.today()
    if versions.approved().filter(ends_on__gte=today).exists():
        return _(
            "An approved version holds until its period ends, so this strategy cannot be archived "
            "yet. To end it earlier, change its period and submit it again."
        )
    return ""


def _change_state(strategy: Strategy, was: StrategyState, to: StrategyState) -> bool:
    """Move it when it still stands where we think, and tell whether it did."""
    moved = Strategy.objects.filter(pk=strategy.pk, state=was).update(state=to)
    strategy.state = to
    return bool(moved)


# --- rows that every strategy has ---------------------------------------------------------------


def _ensure_single_rows(strategy: Strategy, *, by: User) -> None:
    for kind in single_kinds():
        rows = kind.model._default_manager.filter(strategy=strategy)  # type: ignore[misc]
        if not rows.exists():
            uid = uuid.uuid5(strategy.uid, kind.code)  # the one that a form without a row makes
            rows.create(strategy=strategy, uid=uid, position=1, updated_by=by)


def _ensure_channel_rows(strategy: Strategy, *, by: User) -> None:
    """Give every channel that is not closed its row in each kind that asks about channels."""
    channels = list(
        Channel.objects.for_workspace(strategy.workspace)
        .live()
        .exclude(state=ChannelState.CLOSED)
        .in_order()
    )
    for model in ANSWER_MODELS:
        if not issubclass(model, ChannelRow):
            continue
        there = model._default_manager.filter(strategy=strategy, removed_at__isnull=True)
        known = set(there.values_list("channel_id", flat=True))
        missing = [channel for channel in channels if channel.pk not in known]
        model._default_manager.bulk_create(
            model(strategy=strategy, channel=channel, position=place, updated_by=by)
            for place, channel in enumerate(missing, start=len(known) + 1)
        )


# --- a copy -----------------------------------------------------------------------------------


def _copy_answers(source: Strategy, target: Strategy, *, by: User) -> None:
    """Copy every live row with a new uid; references lead to the copies.

    Driven by the models alone, so that a new kind of row is copied without a word here. A
    reference to what is gone (a removed row or channel, a person who left) is left empty; a row
    about a channel that is gone is left out.
    """
    # model → {key of the original: key of what the copy refers to}
    known: dict[type[models.Model], dict[int, int]] = {
        Channel: _themselves(Channel.objects.for_workspace(target.workspace).live()),
        Membership: _themselves(Membership.objects.for_workspace(target.workspace).active()),
    }
    for model in ANSWER_MODELS:
        rows = list(
            model._default_manager.filter(strategy=source, removed_at__isnull=True).order_by(
                "position", "pk"
            )
        )
        pairs = [(row, copy) for row in rows if (copy := _copy_row(row, target, known, by=by))]
        model._default_manager.bulk_create(copy for _row, copy in pairs)
        known[model] = {row.pk: copy.pk for row, copy in pairs}
        for field in model._meta.many_to_many:
            _copy_pairs(field, known)


def _themselves(found: "models.QuerySet[Any]") -> dict[int, int]:
    return {pk: pk for pk in found.values_list("pk", flat=True)}


def _copy_row(
    row: AnswerRow, target: Strategy, known: dict[type[models.Model], dict[int, int]], *, by: User
) -> AnswerRow | None:
    """Return an unsaved copy, or None when what the row is about is gone."""
    copy = type(row)(strategy=target, updated_by=by)
    for field in row._meta.concrete_fields:
        if field.name in OWN_OF_A_ROW and field.name not in KEPT_OF_A_ROW:
            continue
        value = getattr(row, field.attname)
        if isinstance(field, models.ForeignKey):
            value = known[field.related_model].get(value)
            if value is None and not field.null:
                return None
        setattr(copy, field.attname, value)
    if isinstance(copy, Period):
        copy.starts_on = copy.ends_on = None
    return copy


def _copy_pairs(field: Any, known: dict[type[models.Model], dict[int, int]]) -> None:
    """Copy what rows of a kind refer to many of; both ends must have been copied."""
    pairs = field.remote_field.through._default_manager
    from_name, to_name = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    froms, tos = known[field.model], known[field.related_model]
    found = pairs.filter(**{f"{from_name}__in": list(froms)}).order_by("pk")
    pairs.bulk_create(
        pairs.model(**{from_name: froms[one], to_name: tos[other]})
        for one, other in found.values_list(from_name, to_name)
        if other in tos
    )


# --- a starter -------------------------------------------------------------------------------


def _fill(
    strategy: Strategy,
    starter: Starter,
    period: tuple[date | None, date | None],
    *,
    by: User,
) -> None:
    """Make the rows of ``starter``; its days are counted from ``period``, else from next month."""
    starts_on = period[0] or next_start(strategy.workspace.today())
    ends_on = period[1]
    one_day = timedelta(days=1)
    ends_before = ends_on + one_day if ends_on else months_later(starts_on, starter.months)
    made: dict[str, Row] = {
        draft.key: _channel_for(draft, strategy.workspace, by=by) for draft in starter.channels
    }
    places: dict[str, int] = {}
    for draft in starter.rows:
        model = KINDS[draft.kind].model
        places[draft.kind] = places.get(draft.kind, 0) + 1
        row = model(strategy=strategy, position=places[draft.kind], updated_by=by)  # type: ignore[misc]
        many: dict[str, list[Row]] = {}
        for name, value in draft.values.items():
            field = model._meta.get_field(name)
            if isinstance(field, models.ManyToManyField):
                many[name] = [made[key] for key in value]
            elif isinstance(field, models.ForeignKey):
                setattr(row, name, made[value])
            elif isinstance(value, DayOfPeriod):
                first = starts_on if value.day >= 0 else ends_before
                setattr(row, name, first + timedelta(days=value.day))
            else:
                setattr(row, name, str(value) if isinstance(value, Promise) else value)
        row.save()
        for name, rows in many.items():
            getattr(row, name).set(rows)
        made[draft.key] = row


def _channel_for(draft: ChannelDraft, workspace: Workspace, *, by: User) -> Channel:
    """Return the workspace's channel on that network, made as planned when there is none."""
    other_network = str(draft.other_network)
    there = Channel.objects.for_workspace(workspace).live().in_order()
    same: Channel | None = there.filter(network=draft.network, other_network=other_network).first()
    if same is not None:
        return same
    values = {
        "network": draft.network,
        "other_network": other_network,
        "handle": str(draft.handle),
        "purpose": str(draft.purpose),
        "state": ChannelState.PLANNED,
    }
    return add_channel(workspace, values, by=by)


def _record(
    strategy: Strategy, verb: str, *, by: User, changes: dict[str, list[Any]] | None = None
) -> None:
    record(
        strategy.workspace,
        by=by,
        verb=verb,
        subject=("strategy", str(strategy.uid)),
        label=strategy.name,
        changes=changes,
    )
