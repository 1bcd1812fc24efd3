"""The answers as plain values: what checks, diff, roadmap, summary and snapshot read.

Built from rows (``load_answers``) or from a snapshot (``from_snapshot``) alike, so that nothing
that reads them knows where they came from. One struct a kind, its fields named as the model's:
a reference to a row is that row's uid, a reference to a member a ``Person`` frozen with the name.
References to removed rows are left out. Dates are dates, times are local to the workspace,
percents are whole numbers unless the model says otherwise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, models

from core.rows import Row
from networks.catalogue import NETWORKS
from networks.enums import ChannelState, OperatorKind
from strategies.metrics import METRICS
from strategies.models import AnswerRow, ChannelRow, StepAnswer, Strategy, StrategyVersion
from strategies.questionnaire import KINDS
from workspaces.enums import Engagement
from workspaces.models import Membership

SCHEMA = 1


class Person(msgspec.Struct, frozen=True):
    """A member as named when the answers were read."""

    uid: str
    name: str
    is_external: bool = False
    has_left: bool = False


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What every row has."""

    uid: str
    not_known: tuple[str, ...] = ()


class PeriodAnswer(Answer, frozen=True, kw_only=True):
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day; None where one is missing or they are the wrong way round."""
        if self.starts_on is None or self.ends_on is None or self.ends_on < self.starts_on:
            return None
        return self.starts_on, self.ends_on


class GoalAnswer(Answer, frozen=True, kw_only=True):
    title: str
    detail: str = ""


class ChannelAnswer(Answer, frozen=True, kw_only=True):
    network: str
    other_network: str = ""
    handle: str = ""
    address: str = ""
    purpose: str = ""
    state: str = ChannelState.ACTIVE.value
    owner: Person | None = None
    operator_kind: str = ""
    operator: Person | None = None
    operator_name: str = ""
    backup: Person | None = None

    @property
    def name(self) -> str:
        """As people call it: the network, and the account's name."""
        named = self.other_network if self.network == "other" else ""
        network = named or str(NETWORKS[self.network].name)
        return f"{network}: {self.handle}" if self.handle else network

    @property
    def is_run_by_person(self) -> bool:
        """Whether one person does the daily work, not a team or an agency."""
        return self.operator_kind not in {OperatorKind.TEAM, OperatorKind.AGENCY}

    @property
    def is_in_use(self) -> bool:
        """Whether it publishes now."""
        return self.state == ChannelState.ACTIVE


class StandingAnswer(Answer, frozen=True, kw_only=True):
    channel: str
    followers: int | None = None
    posts_last_90_days: int | None = None
    verdict: str = ""
    reason: str = ""


class AudienceAnswer(Answer, frozen=True, kw_only=True):
    name: str
    needs: str = ""
    aim: str = ""
    networks: tuple[str, ...] = ()
    elsewhere: str = ""
    size: int | None = None


class AudienceNotesAnswer(Answer, frozen=True, kw_only=True):
    order_reason: str = ""
    left_out: str = ""


class MessageAnswer(Answer, frozen=True, kw_only=True):
    text: str
    audiences: tuple[str, ...] = ()
    proof: str = ""


class VoiceAnswer(Answer, frozen=True, kw_only=True):
    words: str = ""
    dos: str = ""
    donts: str = ""
    languages: str = ""


class OwnershipAnswer(Answer, frozen=True, kw_only=True):
    hours_per_week: Decimal | None = None
    can_post: int | None = None
    can_post_external: int | None = None
    policy_need: str = ""
    policy_reason: str = ""


class DutyAnswer(Answer, frozen=True, kw_only=True):
    title: str
    holder: Person | None = None
    holder_name: str = ""
    tasks: str = ""
    hours_per_week: Decimal | None = None


class WatchAnswer(Answer, frozen=True, kw_only=True):
    channel: str
    days: tuple[str, ...] = ()
    starts_at: time | None = None
    ends_at: time | None = None
    complaint_hours: int | None = None
    question_hours: int | None = None
    takes_over: str = ""
    whom_to_call: str = ""


class ContentPlanAnswer(Answer, frozen=True, kw_only=True):
    promotional: int | None = None
    informative: int | None = None
    engagement: int | None = None
    tolerance: int | None = None
    may_schedule: str = ""
    by_hand: str = ""
    minutes_story: int | None = None
    minutes_text: int | None = None
    minutes_carousel: int | None = None
    minutes_video: int | None = None


class ChannelPlanAnswer(Answer, frozen=True, kw_only=True):
    channel: str
    format: str
    lowest: int | None = None
    highest: int | None = None
    period: str = "week"
    days: tuple[str, ...] = ()
    starts_at: time | None = None
    ends_at: time | None = None
    note: str = ""


class PillarAnswer(Answer, frozen=True, kw_only=True):
    name: str
    description: str = ""
    category: str = ""


class FollowerAimAnswer(Answer, frozen=True, kw_only=True):
    relevant: str = ""
    attract: str = ""
    engagement_rate: Decimal | None = None
    number: int | None = None


class HabitAnswer(Answer, frozen=True, kw_only=True):
    text: str
    kind: str = ""
    times_per_week: int | None = None
    person: Person | None = None


class ObjectiveAnswer(Answer, frozen=True, kw_only=True):
    statement: str
    kind: str
    other_kind: str = ""
    by_on: date | None = None
    audiences: tuple[str, ...] = ()
    goal: str | None = None


class InitiativeAnswer(Answer, frozen=True, kw_only=True):
    title: str
    actions: str = ""
    objective: str | None = None
    owner: Person | None = None
    owner_name: str = ""
    due_on: date | None = None


class KpiAnswer(Answer, frozen=True, kw_only=True):
    metric: str
    name: str = ""
    objective: str | None = None
    is_sign: bool = False
    definition: str = ""
    divided_by: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    direction: str = "up"
    by_on: date | None = None
    source: str = ""
    read_every: str = ""
    reader: Person | None = None

    @property
    def label(self) -> str:
        """Its own name, or the catalogue's."""
        return self.name or str(METRICS[self.metric].name)


class ListeningAnswer(Answer, frozen=True, kw_only=True):
    term: str
    kind: str


class ActivityAnswer(Answer, frozen=True, kw_only=True):
    name: str
    kind: str
    other_kind: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    support: str = ""
    goal: str | None = None
    budget: Decimal | None = None
    owner: Person | None = None


class StepNote(Answer, frozen=True, kw_only=True):
    """What was said of a question as a whole."""

    step: str
    is_not_known: bool = False
    find_out: str = ""
    finder: Person | None = None


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
    channel_plans: tuple[ChannelPlanAnswer, ...] = ()
    pillars: tuple[PillarAnswer, ...] = ()
    habits: tuple[HabitAnswer, ...] = ()
    objectives: tuple[ObjectiveAnswer, ...] = ()
    initiatives: tuple[InitiativeAnswer, ...] = ()
    kpis: tuple[KpiAnswer, ...] = ()
    listening: tuple[ListeningAnswer, ...] = ()
    activities: tuple[ActivityAnswer, ...] = ()

    def of_kind(self, code: str) -> tuple[Answer, ...]:
        """Return the rows of a kind, a single one as a tuple of one."""
        rows = getattr(self, PLACES[code][0])
        return rows if isinstance(rows, tuple) else (rows,)

    def find(self, uid: str | None) -> Answer | None:
        """Return the row with ``uid``, or None."""
        if uid is None:
            return None
        return next((row for code in PLACES for row in self.of_kind(code) if row.uid == uid), None)

    def channel(self, uid: str) -> ChannelAnswer | None:
        """Return the channel with ``uid``, or None when it is gone."""
        return next((row for row in self.channels if row.uid == uid), None)

    def is_not_known(self, step: str) -> bool:
        """Whether the question as a whole was answered with *not known yet*."""
        return any(note.is_not_known for note in self.steps if note.step == step)


# Row kind → its place in Answers, and its struct.
PLACES: dict[str, tuple[str, type[Answer]]] = {
    "period": ("period", PeriodAnswer),
    "goal": ("goals", GoalAnswer),
    "standing": ("standings", StandingAnswer),
    "audience": ("audiences", AudienceAnswer),
    "audience-notes": ("audience_notes", AudienceNotesAnswer),
    "message": ("messages", MessageAnswer),
    "voice": ("voice", VoiceAnswer),
    "channel": ("channels", ChannelAnswer),
    "ownership": ("ownership", OwnershipAnswer),
    "watch": ("watches", WatchAnswer),
    "duty": ("duties", DutyAnswer),
    "content-plan": ("content_plan", ContentPlanAnswer),
    "channel-plan": ("channel_plans", ChannelPlanAnswer),
    "pillar": ("pillars", PillarAnswer),
    "follower-aim": ("follower_aim", FollowerAimAnswer),
    "habit": ("habits", HabitAnswer),
    "objective": ("objectives", ObjectiveAnswer),
    "initiative": ("initiatives", InitiativeAnswer),
    "kpi": ("kpis", KpiAnswer),
    "listening": ("listening", ListeningAnswer),
    "activity": ("activities", ActivityAnswer),
}


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
    uids: dict[type[models.Model], dict[int, str]] = {}
    with connection.cursor() as cursor:
        for code in LOAD_ORDER:
            kind = KINDS[code]
            place, struct = PLACES[code]
            built = _read(cursor, kind.model, struct, strategy, people, uids)
            if not kind.single:
                found[place] = built
            else:
                found[place] = built[0] if built else struct(uid="")
        found["steps"] = _read(cursor, StepAnswer, StepNote, strategy, people, uids)
    return Answers(**found)


# Referred rows before those that refer to them.
LOAD_ORDER = (
    "channel",
    "goal",
    "audience",
    "objective",
    *(code for code in PLACES if code not in {"channel", "goal", "audience", "objective"}),
)

Convert = Callable[[Any], Any]


def _read(
    cursor: Any,
    model: type[Row],
    struct: type[Answer],
    strategy: Strategy,
    people: Mapping[int, Person],
    uids: dict[type[models.Model], dict[int, str]],
) -> tuple[Any, ...]:
    """Read the rows of ``model`` as ``struct``; note in ``uids`` what later rows may refer to."""
    reading = _reading(model, struct, connection.vendor)
    owner = strategy.pk if issubclass(model, AnswerRow) else strategy.workspace_id
    cursor.execute(reading.rows, [owner])
    columns = [list(column) for column in zip(*cursor.fetchall(), strict=True)]
    uids[model] = {}
    if not columns:
        return ()
    pks, *values = columns
    for place, convert in reading.conversions:
        values[place] = [None if value is None else convert(value) for value in values[place]]
    for place, referred in reading.references:
        known: Mapping[int, Any] = people if referred is Membership else uids[referred]
        values[place] = [known.get(pk) for pk in values[place]]
    for pairs, referred in reading.many:
        cursor.execute(pairs, [owner])
        chosen = set(cursor.fetchall())
        known = uids[referred]  # in the order of the rows referred to
        values.append(
            [tuple(uid for pk, uid in known.items() if (row, pk) in chosen) for row in pks]
        )
    built = []
    for pk, *row in zip(pks, *values, strict=True):
        read = dict(zip(reading.names, row, strict=True))
        if issubclass(model, ChannelRow) and read["channel"] is None:
            continue  # its channel was removed
        uids[model][pk] = read["uid"]
        built.append(struct(**read))
    return tuple(built)


@dataclass(frozen=True)
class _Reading:
    """How the rows of one kind are read.

    ``rows`` gives a column for the key and one for each of ``names``, as far as they are columns;
    ``many`` gives pairs of keys for the rest of them. Both take the owner's key.
    """

    names: tuple[str, ...]
    rows: str
    conversions: tuple[tuple[int, Convert], ...]
    references: tuple[tuple[int, type[models.Model]], ...]
    many: tuple[tuple[str, type[models.Model]], ...]


@cache
def _reading(model: type[Row], struct: type[Answer], vendor: str) -> _Reading:
    """Return how ``model`` is read as ``struct``, with Django's own SQL for this ``vendor``.

    It is composed once a process (decision 13 of docs/adr): composing 24 queries, and a model
    instance of each row, took three quarters of the time that a page spends on its answers.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in struct.__struct_fields__]
    many = [field for field in fields if isinstance(field, models.ManyToManyField)]
    plain = [field for field in fields if field not in many]
    owner = "strategy" if issubclass(model, AnswerRow) else "workspace"
    live = {owner: 0, "removed_at__isnull": True}
    rows = model._default_manager.filter(**live).order_by("position", "pk")
    return _Reading(
        names=tuple(field.name for field in (*plain, *many)),
        rows=_sql(rows.values_list("pk", *(field.attname for field in plain))),
        conversions=tuple(
            (place, convert)
            for place, field in enumerate(plain)
            if (convert := _conversion(field)) is not None
        ),
        references=tuple(
            (place, field.related_model)
            for place, field in enumerate(plain)
            if isinstance(field, models.ForeignKey)
        ),
        many=tuple((_sql(_pairs(field, live)), field.related_model) for field in many),
    )


def _pairs(field: "models.ManyToManyField[Any, Any]", live: Mapping[str, Any]) -> Any:
    """The pairs of keys in the join table whose row is one of the ``live`` ones."""
    through: Any = field.remote_field.through
    here, there = field.m2m_field_name(), field.m2m_reverse_field_name()
    of_live = {f"{here}__{name}": value for name, value in live.items()}
    return through._default_manager.filter(**of_live).values_list(f"{here}_id", f"{there}_id")


def _sql(rows: "models.QuerySet[Any, Any]") -> str:
    """The statement of ``rows``, which must ask for nothing but their owner's key."""
    statement, parameters = rows.query.sql_with_params()
    if len(parameters) != 1:
        raise ValueError(f"one parameter is expected: {statement}")
    return statement


def _conversion(field: Any) -> Convert | None:
    """Return what makes the struct's value of the database's; None where they are the same."""
    column = field.cached_col
    steps = [
        *connection.ops.get_db_converters(column),
        *field.get_db_converters(connection),
    ]
    if not steps:
        return str if isinstance(field, models.UUIDField) else None

    @lru_cache(maxsize=1024)  # the same uids, days and codes are read for every page
    def convert(value: Any) -> Any:
        for step in steps:
            value = step(value, column, connection)
        return str(value) if isinstance(field, models.UUIDField) else value

    return convert


def to_snapshot(answers: Answers) -> dict[str, Any]:
    """Return ``answers`` as what JSON can hold."""
    plain: dict[str, Any] = msgspec.to_builtins(answers)
    return plain


def answers_of(version: StrategyVersion) -> Answers:
    """Return the answers as they were when ``version`` was submitted.

    A version is never changed, so it is read from the database once a process; load ``version``
    without its snapshot.
    """
    return _answers_of(version.uid)


@lru_cache(maxsize=64)
def _answers_of(uid: UUID) -> Answers:
    snapshot, schema = StrategyVersion.objects.values_list("snapshot", "schema").get(uid=uid)
    return from_snapshot(snapshot, schema)


def from_snapshot(snapshot: dict[str, Any], schema: int = SCHEMA) -> Answers:
    """Read a snapshot back; ``schema`` is the number it was written under."""
    if schema != SCHEMA:
        raise ValueError(f"no reader for snapshots of schema {schema}")
    return msgspec.convert(snapshot, Answers)
