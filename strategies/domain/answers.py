"""The answers as plain values: what checks, diff, roadmap, summary and snapshot read.

Built from rows (``load_answers``) or from a snapshot (``from_snapshot``) alike, so that nothing
that reads them knows where they came from. References to removed rows are left out.
"""

from collections.abc import Mapping
from typing import Any, get_args, get_type_hints

import msgspec
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from core.rows import Row
from networks.enums import PostFormat
from strategies.domain.answer_types import (
    ActivityAnswer,
    Answer,
    AudienceAnswer,
    AudienceNotesAnswer,
    ChannelAnswer,
    ContentPlanAnswer,
    DutyAnswer,
    FollowerAimAnswer,
    GoalAnswer,
    HabitAnswer,
    InitiativeAnswer,
    KpiAnswer,
    ListeningAnswer,
    MessageAnswer,
    ObjectiveAnswer,
    OwnershipAnswer,
    PeriodAnswer,
    Person,
    PillarAnswer,
    PostKindAnswer,
    StandingAnswer,
    StepNote,
    VoiceAnswer,
    WatchAnswer,
)
from strategies.domain.questionnaire import KINDS, NOTE_KIND
from strategies.domain.row_kind import RowKind
from strategies.models import (
    AnswerRow,
    ChannelRow,
    ContentPlan,
    Strategy,
    StrategyVersion,
)
from workspaces.enums import Engagement
from workspaces.models import Membership

SCHEMA = 2


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """All answers of a strategy. Rows stand in the order that people gave them."""

    name: str
    period: PeriodAnswer
    audience_notes: AudienceNotesAnswer
    voice: VoiceAnswer
    ownership: OwnershipAnswer
    content_plan: ContentPlanAnswer
    follower_aim: FollowerAimAnswer
    steps: tuple[StepNote, ...] = ()
    goals: tuple[GoalAnswer, ...] = ()
    channels: tuple[ChannelAnswer, ...] = ()
    standings: tuple[StandingAnswer, ...] = ()
    audiences: tuple[AudienceAnswer, ...] = ()
    messages: tuple[MessageAnswer, ...] = ()
    watches: tuple[WatchAnswer, ...] = ()
    duties: tuple[DutyAnswer, ...] = ()
    post_kinds: tuple[PostKindAnswer, ...] = ()
    pillars: tuple[PillarAnswer, ...] = ()
    habits: tuple[HabitAnswer, ...] = ()
    objectives: tuple[ObjectiveAnswer, ...] = ()
    initiatives: tuple[InitiativeAnswer, ...] = ()
    kpis: tuple[KpiAnswer, ...] = ()
    listening: tuple[ListeningAnswer, ...] = ()
    activities: tuple[ActivityAnswer, ...] = ()

    def of_kind(self, code: str) -> tuple[Answer, ...]:
        """Return the rows of a kind, a single one as a tuple of one."""
        rows = getattr(self, PLACES[code])
        return rows if isinstance(rows, tuple) else (rows,)

    def find(self, uid: str | None) -> Answer | None:
        """Return the row with ``uid``, or None."""
        if uid is None:
            return None
        return next((row for code in KINDS for row in self.of_kind(code) if row.uid == uid), None)

    def channel(self, uid: str) -> ChannelAnswer | None:
        """Return the channel with ``uid``, or None when it is gone."""
        return next((row for row in self.channels if row.uid == uid), None)

    def is_not_known(self, step: str) -> bool:
        """Whether the question as a whole was answered with *not known yet*."""
        return any(note.is_not_known for note in self.steps if note.step == step)


def _place_of(kind: RowKind) -> str:
    """Return the name of the field of ``Answers`` that holds the rows of a kind."""
    for name, annotation in get_type_hints(Answers).items():
        if kind.answer in (annotation, *get_args(annotation)):
            return name
    wanted = kind.answer.__name__ if kind.single else f"tuple[{kind.answer.__name__}, ...] = ()"
    raise ImproperlyConfigured(
        f"The answers have no place for rows of the kind {kind.code!r}. Add a field of type {wanted} "
        "to Answers in strategies/domain/answers.py."
    )


PLACES: dict[str, str] = {code: _place_of(kind) for code, kind in KINDS.items()}


def load_answers(strategy: Strategy) -> Answers:
    """Read the live rows of ``strategy``; the number of queries does not grow with the rows."""
    people = {
        member.pk: Person(
            str(member.uid),
            member.name,
            is_external=member.engagement == Engagement.EXTERNAL,
            has_left=member.left_at is not None,
        )
        for member in Membership.objects.for_workspace(strategy.workspace).select_related("user")
    }
    found: dict[str, Any] = {"name": strategy.name}
    known: dict[type[models.Model], Mapping[int, Any]] = {Membership: people}
    for code in LOAD_ORDER:
        kind = KINDS[code]
        rows = _read(kind.model, kind.answer, strategy, known)
        found[PLACES[code]] = rows if not kind.single else rows[0] if rows else kind.answer(uid="")
    found["steps"] = _read(NOTE_KIND.model, NOTE_KIND.answer, strategy, known)
    return Answers(**found)


def _load_order() -> tuple[str, ...]:
    """Return the codes of the kinds, those that rows refer to before those that refer to them."""
    by_model = {kind.model: kind for kind in KINDS.values()}
    found: dict[str, None] = {}

    def add(kind: RowKind) -> None:
        for field in kind.references:
            related: Any = kind.model._meta.get_field(field).related_model
            if related in by_model:
                add(by_model[related])
        found[kind.code] = None

    for kind in KINDS.values():
        add(kind)
    return tuple(found)


LOAD_ORDER = _load_order()


def _read(
    model: type[Row],
    struct: type[Answer],
    strategy: Strategy,
    known: dict[type[models.Model], Mapping[int, Any]],
) -> tuple[Any, ...]:
    """Read the rows of ``model`` as ``struct``.

    ``known`` has, by model and primary key, what rows may refer to; the uids read here are added.
    """
    fields = [model._meta.get_field(name) for name in struct.__struct_fields__]
    many = [field for field in fields if isinstance(field, models.ManyToManyField)]
    columns: list[Any] = [field for field in fields if field not in many]
    owner = (
        {"strategy": strategy.pk}
        if issubclass(model, AnswerRow)
        else {"workspace": strategy.workspace_id}
    )
    live = model._default_manager.filter(**owner, removed_at__isnull=True)
    chosen = {field.name: _chosen(field, live) for field in many}
    uids: dict[int, str] = {}
    built = []
    for row in live.order_by("position", "pk").values("pk", *(one.attname for one in columns)):
        values = {field.name: _value(field, row[field.attname], known) for field in columns}
        for field in many:
            among = chosen[field.name].get(row["pk"], ())
            referred = known[field.related_model]  # in the order of the rows referred to
            values[field.name] = tuple(uid for pk, uid in referred.items() if pk in among)
        if issubclass(model, ChannelRow) and values["channel"] is None:
            continue  # its channel was removed
        uids[row["pk"]] = values["uid"]
        built.append(struct(**values))
    known[model] = uids
    return tuple(built)


def _value(field: Any, value: Any, known: Mapping[type[models.Model], Mapping[int, Any]]) -> Any:
    if isinstance(field, models.ForeignKey):
        return known[field.related_model].get(value)
    return str(value) if isinstance(field, models.UUIDField) else value


def _chosen(
    field: "models.ManyToManyField[Any, Any]", live: "models.QuerySet[Any]"
) -> dict[int, set[int]]:
    """Return which rows of the other model each of the ``live`` rows refers to, by primary keys."""
    through: Any = field.remote_field.through
    here, there = field.m2m_field_name(), field.m2m_reverse_field_name()
    pairs = through._default_manager.filter(**{f"{here}__in": live})
    found: dict[int, set[int]] = {}
    for row, other in pairs.values_list(f"{here}_id", f"{there}_id"):
        found.setdefault(row, set()).add(other)
    return found


def to_snapshot(answers: Answers) -> dict[str, Any]:
    """Return ``answers`` as what JSON can hold."""
    plain: dict[str, Any] = msgspec.to_builtins(answers)
    return plain


def answers_of(version: StrategyVersion) -> Answers:
    """Return the answers as they were when ``version`` was submitted."""
    return from_snapshot(version.snapshot, version.schema)


def from_snapshot(snapshot: dict[str, Any], schema: int = SCHEMA) -> Answers:
    """Read a snapshot back; ``schema`` is the number it was written under."""
    if schema == 1:
        snapshot = _from_first_schema(snapshot)
    elif schema != SCHEMA:
        raise ValueError(f"no reader for snapshots of schema {schema}")
    return msgspec.convert(_with_channels_of_figures(snapshot), Answers)


def _with_channels_of_figures(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Return a snapshot whose figures name channels; for a time they named networks."""
    if not any("networks" in figure for figure in snapshot.get("kpis", ())):
        return snapshot
    of = {one["uid"]: one["network"] for one in snapshot.get("channels", ())}
    figures = [
        {**one, "channels": [uid for uid, network in of.items() if network in one["networks"]]}
        if "networks" in one
        else one
        for one in snapshot["kpis"]
    ]
    return {**snapshot, "kpis": figures}


def _from_first_schema(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Return a snapshot of schema 1 as schema 2 writes it.

    A channel had one row with a format of four and one span of good hours: the ends of the span
    are its good times. The minutes of the new formats are those that every strategy begins with,
    so that they are no change since.
    """
    content = dict(snapshot["content_plan"])
    if "minutes_video" in content:
        content["minutes_short_video"] = content.pop("minutes_video")
    for name in ContentPlanAnswer.__struct_fields__:
        if name.startswith("minutes_") and name not in content:
            content[name] = ContentPlan._meta.get_field(name).get_default()  # type: ignore[union-attr]
    kinds = []
    for plan in snapshot.get("channel_plans", ()):
        kind = dict(plan)
        ends = (kind.pop("starts_at", None), kind.pop("ends_at", None))
        kind["times"] = sorted({at for at in ends if at is not None})
        if kind["format"] == "video":
            kind["format"] = PostFormat.SHORT_VIDEO.value
        kinds.append(kind)
    others = {name: value for name, value in snapshot.items() if name != "channel_plans"}
    return {**others, "content_plan": content, "post_kinds": kinds}
