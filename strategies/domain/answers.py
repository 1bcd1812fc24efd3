"""The answers as plain values: what checks, diff, roadmap, summary and snapshot read.

Built from rows (``load_answers``) or from a snapshot (``from_snapshot``) alike, so that nothing
that reads them knows where they came from. One struct a kind, its fields named as the model's:
a reference to a row is that row's uid, a reference to a member a ``Person`` frozen with the name.
References to removed rows are left out. Dates are dates, times are local to the workspace,
percents are whole numbers unless the model says otherwise.
"""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

import msgspec
from django.db import models

from core.rows import Row
from networks.catalogue import NETWORKS
from networks.enums import ChannelState, OperatorKind, PostFormat
from strategies.domain.questionnaire import KINDS
from strategies.models import (
    AnswerRow,
    ChannelRow,
    ContentPlan,
    StepAnswer,
    Strategy,
    StrategyVersion,
)
from strategies.models.metrics import METRICS
from workspaces.enums import Engagement
from workspaces.models import Membership

SCHEMA = 2


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
    def is_run(self) -> bool:
        """Whether it is said who runs it: the owner does, unless that shall be somebody else."""
        if not self.is_run_by_person:
            return bool(self.operator_name)
        if self.operator is not None:
            return True
        return self.owner is not None and "operator" not in self.not_known

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
    minutes_text: int | None = None
    minutes_image: int | None = None
    minutes_carousel: int | None = None
    minutes_story: int | None = None
    minutes_short_video: int | None = None
    minutes_long_video: int | None = None
    minutes_live: int | None = None
    minutes_thread: int | None = None
    minutes_article: int | None = None


class PostKindAnswer(Answer, frozen=True, kw_only=True):
    channel: str
    format: str
    pillar: str | None = None
    lowest: int | None = None
    highest: int | None = None
    period: str = "week"
    days: tuple[str, ...] = ()
    times: tuple[time, ...] = ()
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


def is_value(value: object) -> bool:
    """Whether a field holds an answer: a nought is one, an unticked box is none."""
    if isinstance(value, bool):
        return value
    return value is not None and value not in ("", ())


def is_said(answer: Answer, field: str) -> bool:
    """Whether a field was answered, or answered with *not known yet*."""
    return is_value(getattr(answer, field)) or field in answer.not_known


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
    "post-kind": ("post_kinds", PostKindAnswer),
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
    known: dict[type[models.Model], Mapping[int, Any]] = {Membership: people}
    for code in LOAD_ORDER:
        kind = KINDS[code]
        place, struct = PLACES[code]
        built = _read(kind.model, struct, strategy, known)
        if not kind.single:
            found[place] = built
        else:
            found[place] = built[0] if built else struct(uid="")
    found["steps"] = _read(StepAnswer, StepNote, strategy, known)
    return Answers(**found)


# Referred rows before those that refer to them.
REFERRED = ("channel", "goal", "audience", "pillar", "objective")
LOAD_ORDER = (*REFERRED, *(code for code in PLACES if code not in REFERRED))


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
    return msgspec.convert(snapshot, Answers)


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
