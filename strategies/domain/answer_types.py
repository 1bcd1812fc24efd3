"""One struct for each kind of row, its fields named as the model's.

A reference to a row is that row's uid, a reference to a member a ``Person`` frozen with the name.
Dates are dates, times are local to the workspace, percents are whole numbers unless the model says
otherwise. A field with a default may be missing in a snapshot that was written before it was added.
"""

from datetime import date, time
from decimal import Decimal

import msgspec

from networks.catalogue import NETWORKS
from networks.enums import ChannelState, OperatorKind
from strategies.enums import Direction
from strategies.models.metrics import METRICS, Family


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
        return f"{self.network_name}: {self.handle}" if self.handle else self.network_name

    @property
    def network_name(self) -> str:
        """The network by its name, also where the catalogue does not have it."""
        named = self.other_network if self.network == "other" else ""
        return named or str(NETWORKS[self.network].name)

    @property
    def is_run_by_person(self) -> bool:
        """Whether one person does the daily work, not a team or an agency."""
        return self.operator_kind not in {OperatorKind.TEAM, OperatorKind.AGENCY}

    @property
    def is_run(self) -> bool:
        """Whether it is said who runs it: the owner does, unless somebody else is named."""
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
    landing_page: str = ""


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
    hashtags: str = ""
    tone_by_channel: str = ""


class OwnershipAnswer(Answer, frozen=True, kw_only=True):
    hours_per_week: Decimal | None = None
    can_post: int | None = None
    can_post_external: int | None = None
    policy_need: str = ""
    policy_reason: str = ""
    tools: str = ""


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
    percent: int | None = None


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
    reason: str = ""
    priority: str = ""


class KpiAnswer(Answer, frozen=True, kw_only=True):
    metric: str
    name: str = ""
    objective: str | None = None
    family: str = ""
    channels: tuple[str, ...] = ()
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

    @property
    def tells_of(self) -> str:
        """The family of the figure: the catalogue's, or what is said of one's own."""
        metric = METRICS[self.metric]
        return self.family if metric.family == Family.OWN and self.family else metric.family.value

    @property
    def has_target(self) -> bool:
        """Whether a target is asked of it: a sign is seen or not, and some are only followed."""
        return not self.is_sign and self.direction != Direction.FOLLOW


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
    by_on: date | None = None


def is_value(value: object) -> bool:
    """Whether a field holds an answer: a nought is one, an unticked box is none."""
    if isinstance(value, bool):
        return value
    return value is not None and value not in ("", ())


def is_said(answer: Answer, field: str) -> bool:
    """Whether a field was answered, or answered with *not known yet*."""
    return is_value(getattr(answer, field)) or field in answer.not_known
