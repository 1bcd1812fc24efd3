"""Milestones: what follows from an approved version, and what people do with it by hand."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from core.exceptions import Refusal
from core.rows import claim_revision
from core.text import cut
from core.text_input import is_changed
from strategies.domain.answers import Answers, from_snapshot
from strategies.domain.fixes import fixes_of
from strategies.domain.milestone_facts import MILESTONE_FACTS, holding
from strategies.domain.roadmap import (
    ACCESS,
    FIND_OUT,
    FIX,
    OWN,
    READ,
    Derived,
    derive,
    next_reading,
    reading_day_of,
    reading_days,
)
from strategies.enums import MilestoneState, Phase, StrategyState
from strategies.models import Milestone, Strategy, StrategyVersion
from strategies.models.milestone import MilestoneQuerySet
from workspaces.models import Membership, Workspace

REASON_LENGTH = 400  # the column's

STATE_VERBS = {
    MilestoneState.TO_COME: "strategies.milestone_reopened",
    MilestoneState.BEGUN: "strategies.milestone_begun",
    MilestoneState.DONE: "strategies.milestone_done",
}


# What the answers decide; state and hand-made marks are never among them.
FOLLOWING = (
    "title",
    "phase",
    "step",
    "row_kind",
    "row_uid",
    "about",
    "due_on",
    "owner",
    "owner_name",
    "dropped_at",
    "removed_at",
)


class ReasonNeeded(Refusal):
    """What a milestone asks for is not so yet: whoever says it is done says why."""

    def __init__(self) -> None:
        super().__init__(
            _("What this milestone asks for is not so yet. Say why it counts as done all the same.")
        )


# --- from the answers -------------------------------------------------------------------------


@transaction.atomic
def apply_roadmap(version: StrategyVersion, *, by: User, fixes: Collection[str] = ()) -> None:
    """Let the milestones follow the answers of ``version``, which has just been approved.

    What was moved or reassigned by hand stays so, what is done stays done. A milestone that no
    longer follows is marked as dropped, and comes back when it follows again. A milestone keeps
    the approval day that it was born on: approving again never makes a late one look timely.
    ``fixes`` are the keys of what should be fixed and was ticked: a milestone each.
    """
    strategy = version.strategy
    workspace = strategy.workspace
    now = timezone.now()
    answers = from_snapshot(version.snapshot, version.schema)
    found = list(Milestone.objects.filter(strategy=strategy).exclude(kind=OWN))
    known = {milestone.key: milestone for milestone in found}
    today = workspace.today(now)
    wanted = _wanted(answers, found, today)
    for fix in fixes_of(version, approved_on=today, answers=answers) if fixes else ():
        if fix.key in fixes:
            wanted[fix.key] = fix
    crew = _Crew(workspace, author=version.submitted_by, by=by)
    dues = _Dues(answers, workspace)

    new = [
        _born(strategy, derived, crew, by) for key, derived in wanted.items() if key not in known
    ]
    for milestone in found:
        derived = wanted.get(milestone.key)
        if derived is None:
            _drop(milestone, now)
        else:
            _follow(milestone, derived, due_on=dues.of(milestone, derived), crew=crew)
    for milestone in new:
        _take_over(milestone)
    Milestone.objects.bulk_create(new)
    Milestone.objects.bulk_update(
        found,
        FOLLOWING,
        batch_size=50,
    )
    record(
        workspace,
        by=by,
        verb="strategies.roadmap_updated",
        subject=("strategy", str(strategy.uid)),
        label=strategy.name,
        changes={"milestones": [len(found), len(found) + len(new)]},
    )


def _wanted(answers: Answers, found: Iterable[Milestone], today: date) -> dict[str, Derived]:
    """Return what follows, by key. A reading that is still open stands in for the next one."""
    wanted = {derived.key: derived for derived in derive(answers, approved_on=today, today=today)}
    calendars = {kpi.uid: set(reading_days(answers, kpi)) for kpi in answers.kpis}
    open_readings = {
        milestone.row_uid: milestone
        for milestone in found
        if milestone.kind == READ
        and milestone.state != MilestoneState.DONE
        and milestone.removed_at is None
        and milestone.dropped_at is None
        and reading_day(milestone) in calendars.get(milestone.row_uid, ())
    }
    for kpi in answers.kpis:
        if milestone := open_readings.get(kpi.uid):
            planned = next_reading(answers, kpi, on_or_after=reading_day(milestone))
            wanted = {
                key: derived
                for key, derived in wanted.items()
                if (derived.kind, derived.uid) != (READ, kpi.uid)
            }
            if planned:
                wanted[milestone.key] = replace(planned, part=milestone.key.rpartition(":")[2])
    return wanted


def reading_day(milestone: Milestone) -> date:
    """Return the day that a reading was planned for, wherever it was moved to since."""
    return reading_day_of(milestone.key)


class _Crew:
    """Whose a milestone is: the person named if still here, else the author, else who approved."""

    def __init__(self, workspace: Workspace, *, author: User, by: User) -> None:
        here = Membership.objects.for_workspace(workspace).active()
        self.by_uid = {str(member.uid): member for member in here}
        by_user = {member.user_id: member for member in here}
        self.author = by_user.get(author.pk) or by_user.get(by.pk)

    def owner_of(self, derived: Derived) -> Membership | None:
        if derived.owner and (member := self.by_uid.get(derived.owner.uid)):
            return member
        return None if derived.owner_name else self.author


class _Dues:
    """The day a milestone is due by the answers now, counted from the approval it was born of."""

    def __init__(self, answers: Answers, workspace: Workspace) -> None:
        self.answers = answers
        self.workspace = workspace
        self.by_day: dict[date, dict[str, date]] = {}

    def of(self, milestone: Milestone, derived: Derived) -> date:
        if milestone.kind == READ:
            return derived.due_on
        if milestone.kind == FIND_OUT:
            return milestone.due_on  # its place among the others may have changed
        if milestone.kind == FIX:
            return derived.due_on if milestone.dropped_at else milestone.due_on
        born_on = self.workspace.today(milestone.created_at)
        if born_on not in self.by_day:
            then = derive(self.answers, approved_on=born_on, today=born_on)
            self.by_day[born_on] = {one.key: one.due_on for one in then}
        return self.by_day[born_on].get(derived.key, derived.due_on)


def _born(strategy: Strategy, derived: Derived, crew: _Crew, by: User) -> Milestone:
    return Milestone(
        strategy=strategy,
        key=derived.key,
        kind=derived.kind,
        step=derived.target.step,
        row_kind=derived.target.kind,
        row_uid=derived.target.row,
        about=derived.about,
        phase=derived.phase,
        title=derived.title,
        due_on=derived.due_on,
        owner=crew.owner_of(derived),
        owner_name=derived.owner_name,
        updated_by=by,
    )


def _take_over(milestone: Milestone) -> None:
    """What another strategy asked for in the same words, and somebody did by hand, is done here too.

    Who has access is looked through anew for each strategy.
    """
    if not milestone.about or milestone.kind == ACCESS:
        return
    done = (
        _asked_elsewhere(milestone)
        .filter(state=MilestoneState.DONE, is_done_by_fact=False, removed_at__isnull=True)
        .order_by("-done_at")
        .first()
    )
    if done:
        milestone.state, milestone.done_reason = done.state, done.done_reason
        milestone.done_at, milestone.done_by = done.done_at, done.done_by


def _asked_elsewhere(milestone: Milestone) -> MilestoneQuerySet:
    """Return what other strategies that are worked with ask of the same thing of the workspace."""
    return (
        Milestone.objects.for_workspace(milestone.strategy.workspace)
        .filter(
            kind=milestone.kind,
            about=milestone.about,
            strategy__state=StrategyState.OPEN,
        )
        .exclude(strategy=milestone.strategy_id)
    )


def _follow(milestone: Milestone, derived: Derived, *, due_on: date, crew: _Crew) -> None:
    milestone.dropped_at = milestone.removed_at = None
    if milestone.state == MilestoneState.DONE:
        return
    milestone.title = derived.title
    milestone.phase = derived.phase
    milestone.about = derived.about
    target = derived.target
    milestone.step, milestone.row_kind, milestone.row_uid = target.step, target.kind, target.row
    if not milestone.is_due_by_hand:
        milestone.due_on = due_on
    if not milestone.is_owner_by_hand:
        milestone.owner = crew.owner_of(derived)
        milestone.owner_name = derived.owner_name


def _drop(milestone: Milestone, now: datetime) -> None:
    if milestone.state != MilestoneState.DONE and milestone.dropped_at is None:
        milestone.dropped_at = now


# --- by hand ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class MilestoneValues:
    """What a person may say of a milestone; ``title`` and ``phase`` only of an own one."""

    due_on: date
    owner: Membership | None = None
    owner_name: str = ""
    title: str = ""
    phase: str = ""


@transaction.atomic
def set_state(milestone: Milestone, state: MilestoneState, *, by: User, reason: str = "") -> bool:
    """Move ``milestone`` to ``state``; False when it stood there already.

    Of two people who tick it off at once the first is named. Ticking off a reading plans the
    next one; taking that back puts the next one away again when nobody has touched it. What
    several strategies ask of one thing of the workspace moves in all of them.

    Raises ReasonNeeded where a kind has a fact that is not true and no ``reason`` is given.
    """
    _refuse_when_closed(milestone)
    reason = reason.strip() if state == MilestoneState.DONE else ""
    is_ticked = state == MilestoneState.DONE and milestone.state != state
    if is_ticked and not reason and needs_reason(milestone):
        raise ReasonNeeded
    was_done_at = milestone.done_at
    if not _move(milestone, state, by=by, reason=reason):
        return False
    if milestone.about:
        others = _asked_elsewhere(milestone).live().filter(dropped_at__isnull=True)
        if state == MilestoneState.DONE:
            others = others.exclude(state=state)
        else:
            others = others.filter(state=MilestoneState.DONE, done_at=was_done_at)
        for other in others.select_related("strategy__workspace"):
            _move(other, state, by=by, reason=reason, at=milestone.done_at)
    return True


def needs_reason(milestone: Milestone) -> bool:
    """Whether its kind has a fact, and the fact is not true now."""
    if milestone.kind not in MILESTONE_FACTS:
        return False
    return milestone.pk not in holding([milestone], milestone.strategy.workspace)


@transaction.atomic
def finish_by_fact(milestone: Milestone, *, because: str, by: User) -> bool:
    """Mark ``milestone`` as done by itself, by what ``by`` did; False when it was done already."""
    _refuse_when_closed(milestone)
    return _move(milestone, MilestoneState.DONE, by=by, reason=because, is_by_fact=True)


def _move(
    milestone: Milestone,
    state: MilestoneState,
    *,
    by: User,
    reason: str = "",
    is_by_fact: bool = False,
    at: datetime | None = None,
) -> bool:
    now = at or timezone.now()
    done = state == MilestoneState.DONE
    before = milestone.state
    moved = (
        Milestone.objects.filter(pk=milestone.pk)
        .exclude(state=state)
        .update(
            state=state,
            done_at=now if done else None,
            done_by=by if done else None,
            is_done_by_fact=is_by_fact,
            done_reason=cut(reason, REASON_LENGTH),
        )
    )
    milestone.refresh_from_db(
        fields=["state", "done_at", "done_by", "is_done_by_fact", "done_reason"]
    )
    if not moved:
        return False
    if milestone.kind == READ:
        if done:
            _plan_next_reading(milestone, now, by)
        elif before == MilestoneState.DONE:
            _put_next_reading_away(milestone, now)
    changes: dict[str, list[Any]] = {"state": [before, state.value]}
    if reason:
        changes["done_reason"] = ["", reason]
    verb = "strategies.milestone_settled" if is_by_fact else STATE_VERBS[state]
    _record(milestone, by=by, verb=verb, changes=changes)
    return True


def _plan_next_reading(milestone: Milestone, now: datetime, by: User) -> None:
    """Make the reading after this one: the next to come, not those that were missed."""
    strategy = milestone.strategy
    version = strategy.versions.approved().first()
    if version is None:
        return
    answers = from_snapshot(version.snapshot, version.schema)
    kpi = next((kpi for kpi in answers.kpis if kpi.uid == milestone.row_uid), None)
    if kpi is None:
        return
    handled = max(reading_day(milestone), milestone.due_on)
    after = max(date.fromordinal(handled.toordinal() + 1), strategy.workspace.today(now))
    derived = next_reading(answers, kpi, on_or_after=after)
    if derived is None:
        return
    crew = _Crew(strategy.workspace, author=version.submitted_by, by=by)
    born = _born(strategy, derived, crew, by)
    if milestone.is_owner_by_hand:
        born.owner, born.owner_name = milestone.owner, milestone.owner_name
        born.is_owner_by_hand = True
    again = Milestone.objects.filter(strategy=strategy, key=derived.key)
    if not again.update(removed_at=None, dropped_at=None):
        born.save()


def _put_next_reading_away(milestone: Milestone, now: datetime) -> None:
    later = Milestone.objects.live().filter(
        strategy=milestone.strategy,
        kind=READ,
        row_uid=milestone.row_uid,
        key__gt=milestone.key,
        state=MilestoneState.TO_COME,
        revision=1,
    )
    later.update(removed_at=now)


@transaction.atomic
def add_milestone(
    strategy: Strategy, *, values: MilestoneValues, by: User, uid: uuid.UUID | None = None
) -> Milestone:
    """Add a milestone of people's own. The same ``uid`` again gives the same milestone."""
    _refuse_when_archived(strategy)
    uid = uid or uuid.uuid4()
    milestone, is_new = Milestone.objects.get_or_create(
        strategy=strategy,
        uid=uid,
        defaults={
            "key": f"{OWN}:{uid}",
            "kind": OWN,
            "phase": values.phase or Phase.RUN,
            "title": values.title,
            "due_on": values.due_on,
            "owner": values.owner,
            "owner_name": values.owner_name,
            "is_due_by_hand": True,
            "is_owner_by_hand": True,
            "updated_by": by,
        },
    )
    if is_new:
        _record(milestone, by=by, verb="strategies.milestone_added")
    elif milestone.removed_at is not None:
        restore_milestone(milestone, by=by)
    return milestone


@transaction.atomic
def save_milestone(
    milestone: Milestone, *, values: MilestoneValues, expected: int, by: User
) -> Milestone:
    """Move, reassign or (an own one) rename ``milestone``; raise Conflict when it has changed.

    What is changed here stays so when the strategy is approved again.
    """
    _refuse_when_closed(milestone)
    wanted: dict[str, Any] = {
        "due_on": values.due_on,
        "owner": values.owner,
        "owner_name": values.owner_name,
    }
    if milestone.kind == OWN:
        wanted |= {"title": values.title, "phase": values.phase or milestone.phase}
    changed = {name: value for name, value in wanted.items() if is_changed(milestone, name, value)}
    claim_revision(milestone, expected)
    if not changed:
        return milestone
    changes = {
        name: [_written(getattr(milestone, name)), _written(value)]
        for name, value in changed.items()
    }
    for name, value in changed.items():
        setattr(milestone, name, value)
    milestone.is_due_by_hand |= "due_on" in changed
    milestone.is_owner_by_hand |= bool({"owner", "owner_name"} & set(changed))
    milestone.updated_by, milestone.updated_at = by, timezone.now()
    milestone.save(
        update_fields=[*changed, "is_due_by_hand", "is_owner_by_hand", "updated_by", "updated_at"]
    )
    _record(milestone, by=by, verb="strategies.milestone_saved", changes=changes)
    return milestone


@transaction.atomic
def record_conflict(milestone: Milestone, *, both: Mapping[str, list[str]], by: User) -> None:
    """Keep in the log both texts of fields that two people changed: {field: [saved, typed]}."""
    _record(milestone, by=by, verb="strategies.milestone_conflict", changes=dict(both))


@transaction.atomic
def remove_milestone(milestone: Milestone, *, by: User) -> None:
    """Put an own milestone away; it can be brought back."""
    _refuse_when_closed(milestone)
    if milestone.kind != OWN:
        raise Refusal(
            _(
                "This milestone follows from an answer. Change the answer and have the strategy "
                "approved again, or mark the milestone as done."
            )
        )
    if Milestone.objects.live().filter(pk=milestone.pk).update(removed_at=timezone.now()):
        _record(milestone, by=by, verb="strategies.milestone_removed")


@transaction.atomic
def restore_milestone(milestone: Milestone, *, by: User) -> None:
    """Bring an own milestone back."""
    _refuse_when_closed(milestone)
    put_away = Milestone.objects.filter(pk=milestone.pk, kind=OWN, removed_at__isnull=False)
    if put_away.update(removed_at=None):
        _record(milestone, by=by, verb="strategies.milestone_restored")


def _written(value: object) -> str:
    return "" if value is None else str(value)


def _refuse_when_closed(milestone: Milestone) -> None:
    _refuse_when_archived(milestone.strategy)
    if milestone.dropped_at is not None:
        raise Refusal(_("This milestone no longer follows from the answers, so it stays as it is."))


def _refuse_when_archived(strategy: Strategy) -> None:
    if not strategy.is_open:
        raise Refusal(_("This strategy is archived. Reopen it to change its roadmap."))


def _record(
    milestone: Milestone, *, by: User, verb: str, changes: dict[str, list[Any]] | None = None
) -> None:
    record(
        milestone.strategy.workspace,
        by=by,
        verb=verb,
        subject=("milestone", str(milestone.uid)),
        label=milestone.title,
        changes=changes,
    )
