"""What follows from the answers: milestones, derived without touching the database.

One small function a kind, registered in the order in which they are worked through. Titles are
sentences in the language that is active when the strategy is approved.

A date that would lie before the approval becomes a week after it, so that a strategy approved
late is not late with everything from its first day. What is counted from another day is due on a
working day. The date of an initiative is kept as it was written, because a person wrote it,
unless it was over before the period. Without a period nothing can be dated, and nothing follows.

What more than three rows of a kind leave open in the same way is one milestone of them all: 35
figures that nobody reads are one thing to be done.
"""

import calendar
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count, takewhile

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.registry import Registry
from core.text import cut
from networks.enums import ChannelState
from strategies.domain.answer_types import Answer, ChannelAnswer, KpiAnswer, Person
from strategies.domain.answers import Answers
from strategies.domain.links import Target
from strategies.domain.questionnaire import KINDS, STEP_BY_CODE, STEP_OF_KIND
from strategies.domain.row_kind import RowKind
from strategies.domain.titles import row_title, short
from strategies.enums import Phase, PolicyNeed, ReadEvery, Verdict

TITLE_AT_MOST = 400  # the column's
SINGLY_AT_MOST = 3  # rows of a kind that have a milestone each for the same thing left open
LATE_START = timedelta(days=7)
FIND_OUT_DAYS = (7, 21)  # after the approval: the first and the last to be found out

# Milestones that services look for. Those of FIX are made of findings: see fixes.py.
OWN = "own"
POLICY = "policy"
READ = "read"
FIND_OUT = "find-out"
FIX = "fix"
MEASURE = "measure"
ACCESS = "access"
FINAL = "final"
PEOPLE = ("owner", "operator", "backup")  # a milestone is named by the first who is missing

# Both of these have milestones of their own, which say better what is to be done.
NAMED_ELSEWHERE = {
    ("channel", "owner"),
    ("channel", "operator"),
    ("channel", "backup"),
    ("kpi", "baseline"),
}


@dataclass(frozen=True)
class Derived:
    """A milestone that follows from ``target``.

    ``part`` tells two milestones of one kind and row apart: the field not known, the day of the
    reading. One that follows from many rows together has their kind for ``uid`` and the field for
    ``part``, and leads to the first of them. Without ``owner`` and ``owner_name`` it is the author's.
    ``about`` names what belongs to the workspace: what is asked of it is asked once of all.
    """

    kind: str
    phase: Phase
    title: str
    due_on: date
    target: Target
    uid: str
    part: str = ""
    owner: Person | None = None
    owner_name: str = ""
    about: str = ""

    @property
    def key(self) -> str:
        """What it is recognised by when the strategy is approved again."""
        return ":".join(filter(None, (self.kind, self.uid, self.part)))


@dataclass(frozen=True)
class Frame:
    """The days that all others are counted from."""

    starts_on: date
    ends_on: date
    approved_on: date
    today: date

    @property
    def middle(self) -> date:
        """Half of the period is over."""
        return self.starts_on + (self.ends_on - self.starts_on) // 2

    def not_before_approval(self, day: date) -> date:
        """Return ``day``, or a working day a week after the approval where it lies before it."""
        if day >= self.approved_on:
            return day
        return working_day(self.approved_on + LATE_START, ends_on=self.ends_on)

    def planned(self, day: date) -> date:
        """Return ``day``, which nobody typed, as a working day that is not before the approval."""
        return working_day(self.not_before_approval(day), ends_on=self.ends_on)

    def after_approval(self, days: int) -> date:
        """Return the working day so many days after the approval."""
        return working_day(shifted(self.approved_on, days), ends_on=self.ends_on)

    def after_start(self, days: int) -> date:
        """Return the working day so many days after the start, not before the approval."""
        return self.planned(shifted(self.starts_on, days))

    def to_be_found_out(self, place: int, number: int) -> date:
        """Return the day of one of ``number`` find-outs, spread over the working days for them."""
        first, last = FIND_OUT_DAYS
        around = (shifted(self.approved_on, days) for days in range(first, last + 1))
        days = [day for day in around if is_working_day(day)]
        return days[(len(days) - 1) * place // max(1, number - 1)]


Derivation = Callable[[Answers, Frame], Iterable[Derived]]
DERIVATIONS: Registry[Derivation] = Registry("milestone derivation")

# The field that mends what a kind of milestone asks for; of FIND_OUT it is the field not known.
FIELDS: dict[str, str] = {}


def derivation(**fields: str) -> Callable[[Derivation], Derivation]:
    """Register the function below; ``fields`` are the fields that mend what its kinds ask for."""

    def register(function: Derivation) -> Derivation:
        FIELDS.update(fields)
        return DERIVATIONS.register(function.__name__, function)

    return register


def derive(answers: Answers, *, approved_on: date, today: date) -> list[Derived]:
    """Return the milestones that follow from ``answers``, in the order of the registry.

    ``today`` is the day from which the next reading of a figure is looked for.
    """
    period = answers.period
    if not period.starts_on or not period.ends_on or period.ends_on < period.starts_on:
        return []
    frame = Frame(period.starts_on, period.ends_on, approved_on, today)
    return [milestone for follows in DERIVATIONS for milestone in follows(answers, frame)]


# --- prepare ----------------------------------------------------------------------------------


@derivation(owner="owner", operator="operator", backup="backup")
def name_people(answers: Answers, frame: Frame) -> Iterator[Derived]:
    """One milestone for a channel that lacks people and is not about to close."""
    for channel in _kept_channels(answers):
        missing = missing_people(channel)
        if missing:
            yield _derived(
                missing[0],
                "channel",
                channel,
                phase=Phase.PREPARE,
                title=NAMING[missing] % {"channel": short(channel.name)},
                due_on=frame.after_approval(14),
                owner=channel.owner,
                about=about_channel(channel.uid),
            )


# The people missing on a channel, and the one milestone that asks for all of them.
NAMING: dict[tuple[str, ...], "str | Promise"] = {
    ("owner",): gettext_lazy("Name an owner for %(channel)s"),
    ("owner", "operator"): gettext_lazy("Name an owner for %(channel)s, and who runs it"),
    ("owner", "backup"): gettext_lazy("Name an owner and a backup for %(channel)s"),
    ("owner", "operator", "backup"): gettext_lazy(
        "Name an owner and a backup for %(channel)s, and who runs it"
    ),
    ("operator",): gettext_lazy("Name who runs %(channel)s"),
    ("operator", "backup"): gettext_lazy("Name who runs %(channel)s, and a backup"),
    ("backup",): gettext_lazy("Name a backup for %(channel)s"),
}


def missing_people(channel: ChannelAnswer) -> tuple[str, ...]:
    """Return whom a channel lacks; the owner runs it where nobody else is named."""
    owner_will_run_it = channel.is_run_by_person and "operator" not in channel.not_known
    missing = {
        "owner": channel.owner is None,
        "operator": not channel.is_run and not (channel.owner is None and owner_will_run_it),
        "backup": channel.backup is None,
    }
    return tuple(field for field, is_missing in missing.items() if is_missing)


@derivation(policy="policy_need")
def publish_policy(answers: Answers, frame: Frame) -> Iterator[Derived]:
    """A policy that is needed and not there."""
    if answers.ownership.policy_need == PolicyNeed.NEEDED:
        yield _derived(
            POLICY,
            "ownership",
            answers.ownership,
            phase=Phase.PREPARE,
            title=_("Write the social media policy and publish it"),
            due_on=frame.after_approval(14),
            about="policy",
        )


@derivation(access="can_post")
def confirm_access(answers: Answers, frame: Frame) -> Iterator[Derived]:
    """Who can post, looked through once for all channels in use."""
    number = sum(channel.is_in_use for channel in answers.channels)
    if number:
        title = ngettext(
            "Confirm who has access to the channel",
            "Confirm who has access to the %(number)d channels",
            number,
        )
        yield _derived(
            ACCESS,
            "ownership",
            answers.ownership,
            phase=Phase.PREPARE,
            title=title % {"number": number},
            due_on=frame.after_approval(21),
            about=ACCESS,
        )


@derivation()
def find_out(answers: Answers, frame: Frame) -> Iterator[Derived]:
    """Each question and each field that was answered with *not known yet*, one after the other.

    A question that somebody gave a day has that day.
    """
    found = list(_found_out(answers, frame))
    days = {note.uid or note.step: note.by_on for note in answers.steps if note.by_on}
    for place, milestone in enumerate(found):
        spread = frame.to_be_found_out(place, len(found))
        said = days.get(milestone.uid)
        yield replace(milestone, due_on=frame.not_before_approval(said) if said else spread)


def _found_out(answers: Answers, frame: Frame) -> Iterator[Derived]:
    """Yield what is to be found out in the order of the questionnaire, not dated yet."""
    for note in answers.steps:
        if note.is_not_known and note.step in STEP_BY_CODE:
            unknown = note.find_out or str(STEP_BY_CODE[note.step].question)
            yield Derived(
                kind=FIND_OUT,
                phase=Phase.PREPARE,
                title=_("Find out: %(unknown)s") % {"unknown": short(unknown)},
                due_on=frame.approved_on,
                target=Target(note.step),
                uid=note.uid or note.step,
                owner=note.finder,
            )
    figures = _figures(answers)
    for kind in KINDS.values():
        open_fields = [
            (row, field) for row in answers.of_kind(kind.code) for field in _not_known(kind, row)
        ]
        number = Counter(field for _row, field in open_fields)
        for field, found in number.items():
            if found > SINGLY_AT_MOST:
                rows = [row for row, open_field in open_fields if open_field == field]
                yield _find_out_for_all(answers, kind, field, rows, frame)
        for row, field in open_fields:
            if number[field] <= SINGLY_AT_MOST:
                called = figures.get(row.uid) or short(row_title(answers, kind.code, row))
                title = _("Find out about “%(row)s”: %(asked)s")
                yield _derived(
                    FIND_OUT,
                    kind.code,
                    row,
                    phase=Phase.PREPARE,
                    title=title % {"row": called, "asked": kind.asked(field)},
                    due_on=frame.approved_on,
                    part=field,
                    owner=_person_of(answers, kind, row),
                )


def _not_known(kind: RowKind, row: Answer) -> Iterator[str]:
    """The fields of a row that are to be found out."""
    for field in dict.fromkeys(kind.to_find_out(row)):
        if field in kind.fields and (kind.code, field) not in NAMED_ELSEWHERE:
            yield field


def _find_out_for_all(
    answers: Answers, kind: RowKind, field: str, rows: Sequence[Answer], frame: Frame
) -> Derived:
    words = {"rows": kind.count(len(rows)), "asked": kind.asked(field)}
    return _for_all(
        FIND_OUT,
        kind.code,
        field,
        rows,
        title=_("Find out for each of %(rows)s: %(asked)s") % words,
        due_on=frame.approved_on,
        owners=[_person_of(answers, kind, row) for row in rows],
    )


@derivation(measure="baseline")
def measure_today(answers: Answers, frame: Frame) -> Iterator[Derived]:
    """The figure today, where a figure has none; a sign has no figure."""
    without = [kpi for kpi in answers.kpis if kpi.baseline is None and not kpi.is_sign]
    due_on = frame.after_start(28)
    if len(without) > SINGLY_AT_MOST:
        yield _for_all(
            MEASURE,
            "kpi",
            FIELDS[MEASURE],
            without,
            title=_("Measure where %(figures)s stand today")
            % {"figures": KINDS["kpi"].count(len(without))},
            due_on=due_on,
            owners=[kpi.reader for kpi in without],
        )
        return
    figures = _figures(answers)
    for kpi in without:
        yield _derived(
            MEASURE,
            "kpi",
            kpi,
            phase=Phase.PREPARE,
            title=_("Measure the figure today: %(figure)s") % {"figure": figures[kpi.uid]},
            due_on=due_on,
            owner=kpi.reader,
        )


@derivation(open="verdict", close="verdict")
def open_or_close(answers: Answers, frame: Frame) -> Iterator[Derived]:
    """Channels that should be opened or closed and are not yet."""
    titles = {Verdict.OPEN: _("Open %(channel)s"), Verdict.CLOSE: _("Close %(channel)s")}
    for standing in answers.standings:
        channel = answers.channel(standing.channel)
        if channel is None or standing.verdict not in titles:
            continue
        verdict = Verdict(standing.verdict)
        if verdict == Verdict.CLOSE and channel.state == ChannelState.CLOSED:
            continue
        yield _derived(
            verdict.value,
            "standing",
            standing,
            phase=Phase.PREPARE,
            title=titles[verdict] % {"channel": short(channel.name)},
            due_on=frame.after_start(0),
            owner=channel.owner,
            about=about_channel(channel.uid),
        )


# --- start ------------------------------------------------------------------------------------


@derivation()
def plan_first_month(answers: Answers, frame: Frame) -> Iterator[Derived]:
    """The first month of posts, planned before the period begins."""
    yield _derived(
        "first-month",
        "content-plan",
        answers.content_plan,
        phase=Phase.START,
        title=_("Plan the first month of posts"),
        due_on=frame.after_start(-7),
    )


# --- run --------------------------------------------------------------------------------------


@derivation()
def do_initiatives(answers: Answers, frame: Frame) -> Iterator[Derived]:
    """Each initiative at its own date; one without a date at the end of the period.

    One that was over before the approval and before the period is none: a check tells of it.
    """
    for initiative in answers.initiatives:
        if initiative.due_on and initiative.due_on < min(frame.starts_on, frame.approved_on):
            continue
        yield _derived(
            "initiative",
            "initiative",
            initiative,
            phase=Phase.RUN,
            title=initiative.title,
            due_on=initiative.due_on or frame.planned(frame.ends_on),
            owner=initiative.owner,
            owner_name="" if initiative.owner else initiative.owner_name,
        )


@derivation()
def prepare_campaigns(answers: Answers, frame: Frame) -> Iterator[Derived]:
    """Each campaign or activity, ready two weeks before it begins; none for what is over."""
    for activity in answers.activities:
        if activity.starts_on is None:
            continue
        if (activity.ends_on or activity.starts_on) < frame.approved_on:
            continue
        yield _derived(
            "campaign",
            "activity",
            activity,
            phase=Phase.RUN,
            title=_("Be ready for “%(campaign)s”") % {"campaign": short(activity.name)},
            due_on=_ready_on(activity.starts_on, frame),
            owner=activity.owner,
        )


def _ready_on(starts_on: date, frame: Frame) -> date:
    """Two weeks before it begins; approved later than that, still by its first day."""
    due_on = frame.planned(shifted(starts_on, -14))
    return min(due_on, starts_on) if starts_on > frame.approved_on else due_on


@derivation(read="read_every")
def read_figures(answers: Answers, frame: Frame) -> Iterator[Derived]:
    """The next reading of each figure; ticking it off makes the one after it."""
    figures = _figures(answers)
    for kpi in answers.kpis:
        on_or_after = max(frame.today, frame.approved_on)
        if reading := _reading(answers, kpi, figures[kpi.uid], on_or_after):
            yield reading


def next_reading(answers: Answers, kpi: KpiAnswer, *, on_or_after: date) -> Derived | None:
    """Return the first reading of ``kpi`` on or after a day, or None when there are no more."""
    return _reading(answers, kpi, _figures(answers)[kpi.uid], on_or_after)


def _reading(answers: Answers, kpi: KpiAnswer, figure: str, on_or_after: date) -> Derived | None:
    for day in reading_days(answers, kpi):
        if day >= on_or_after:
            title = (
                _("Look for the sign: %(figure)s")
                if kpi.is_sign
                else _("Read the figure: %(figure)s")
            )
            return _derived(
                READ,
                "kpi",
                kpi,
                phase=Phase.RUN,
                title=title % {"figure": figure},
                due_on=working_day(day, ends_on=answers.period.ends_on or day),
                part=day.isoformat(),
                owner=kpi.reader,
            )
    return None


MONTHS_BETWEEN = {ReadEvery.MONTH: 1, ReadEvery.QUARTER: 3, ReadEvery.HALF_YEAR: 6}


def reading_days(answers: Answers, kpi: KpiAnswer) -> Iterator[date]:
    """Yield the days of the period on which ``kpi`` is read, the last one at its end."""
    starts_on, ends_on = answers.period.starts_on, answers.period.ends_on
    if starts_on is None or ends_on is None or not kpi.read_every:
        return
    every = ReadEvery(kpi.read_every)
    if every == ReadEvery.WEEK:
        days = (shifted(starts_on, number * 7) for number in count(1))
        yield from takewhile(lambda day: day < ends_on, days)
    elif every in MONTHS_BETWEEN:
        days = (_months_after(starts_on, number * MONTHS_BETWEEN[every]) for number in count(1))
        yield from takewhile(lambda day: day < ends_on, days)
    yield ends_on


# --- review -----------------------------------------------------------------------------------


@derivation()
def review_strategy(answers: Answers, frame: Frame) -> Iterator[Derived]:
    """The middle of the period, and a month before its end (never before the middle)."""
    final_on = max(shifted(frame.ends_on, -30), frame.middle)
    for kind, title, due_on in (
        ("mid-term", _("Mid-term review"), frame.middle),
        (FINAL, _("Final review and next strategy"), final_on),
    ):
        yield _derived(
            kind,
            "period",
            answers.period,
            phase=Phase.REVIEW,
            title=title,
            due_on=frame.planned(due_on),
        )


def about_channel(uid: str) -> str:
    """Return what a milestone about a channel is about, whichever strategy asks for it."""
    return f"channel:{uid}"


def part_of(key: str) -> str:
    """Return the part of a milestone's key."""
    return key.partition(":")[2].partition(":")[2]


def reading_day_of(key: str) -> date:
    """Return the day that a reading was planned for, from its milestone's key."""
    return date.fromisoformat(key.rpartition(":")[2])


def field_of(kind: str, part: str) -> str:
    """Return the field that a milestone is about; empty where it is about the row as a whole."""
    return part if kind == FIND_OUT else FIELDS.get(kind, "")


# --- shared by the kinds ----------------------------------------------------------------------


def _derived(
    kind: str,
    row_kind: str,
    row: Answer,
    *,
    phase: Phase,
    title: str,
    due_on: date,
    part: str = "",
    owner: Person | None = None,
    owner_name: str = "",
    about: str = "",
) -> Derived:
    return Derived(
        kind=kind,
        phase=phase,
        title=cut(title, TITLE_AT_MOST),
        due_on=due_on,
        target=Target(STEP_OF_KIND[row_kind].code, row_kind, row.uid, field_of(kind, part)),
        uid=row.uid,
        part=part,
        owner=owner,
        owner_name=owner_name,
        about=about,
    )


def _for_all(
    kind: str,
    row_kind: str,
    field: str,
    rows: Sequence[Answer],
    *,
    title: str,
    due_on: date,
    owners: Sequence[Person | None],
) -> Derived:
    """One milestone for what ``rows`` leave open alike; whose it is where all agree on it."""
    return Derived(
        kind=kind,
        phase=Phase.PREPARE,
        title=title,
        due_on=due_on,
        target=Target(STEP_OF_KIND[row_kind].code, row_kind, rows[0].uid, field),
        uid=row_kind,
        part=field,
        owner=owners[0] if all(owner == owners[0] for owner in owners) else None,
    )


def _figures(answers: Answers) -> Mapping[str, str]:
    """What each figure is called, by uid; those of one name are told apart by their objectives."""
    number = Counter(kpi.label for kpi in answers.kpis)
    statements = {row.uid: row.statement for row in answers.objectives}
    called = {}
    for kpi in answers.kpis:
        called[kpi.uid] = short(kpi.label)
        if number[kpi.label] > 1 and (statement := statements.get(kpi.objective or "")):
            called[kpi.uid] = _("%(figure)s (objective: %(objective)s)") % {
                "figure": called[kpi.uid],
                "objective": short(statement),
            }
    return called


def _kept_channels(answers: Answers) -> Iterator[ChannelAnswer]:
    closing = {row.channel for row in answers.standings if row.verdict == Verdict.CLOSE}
    for channel in answers.channels:
        if channel.state != ChannelState.CLOSED and channel.uid not in closing:
            yield channel


def _person_of(answers: Answers, kind: RowKind, row: Answer) -> Person | None:
    """The row's own person, or the owner of the channel that it speaks of."""
    found: Person | None = getattr(row, kind.people[0]) if kind.people else None
    if found is not None:
        return found
    channel = answers.channel(getattr(row, "channel", ""))
    return channel.owner if channel else None


def _months_after(day: date, months: int) -> date:
    """Return the same day of the month, or the month's last where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = year + day.year, month + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def is_working_day(day: date) -> bool:
    """Whether ``day`` is one from Monday to Friday."""
    return day.isoweekday() <= 5


def working_day(day: date, *, ends_on: date) -> date:
    """Return ``day``, or the Monday after a weekend; a Monday beyond ``ends_on`` changes nothing."""
    if is_working_day(day):
        return day
    monday = shifted(day, 8 - day.isoweekday())
    return day if day <= ends_on < monday or not is_working_day(monday) else monday


def shifted(day: date, days: int) -> date:
    """Return the day so many days later; the last or first day there is instead of an overflow."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
