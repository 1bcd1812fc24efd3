"""Three months of work on the roadmap: half of what is due is done, some is moved, some is late."""

from datetime import date, timedelta

from activity.models import Record
from demo.museum import Museum
from strategies.domain.roadmap import next_reading, reading_days
from strategies.enums import MilestoneState, Verdict
from strategies.in_force import answers_of
from strategies.models import Milestone, Strategy
from strategies.services.roadmap import MilestoneValues, add_milestone, save_milestone, set_state
from workspaces.models import Membership

WRITTEN = (Milestone, Record)

DONE_KINDS = ("access", "first-month", "campaign", "find-out", "mid-term")
# Why those count as done that something else would end by itself.
REASONS = {
    "first-month": "Planned on the wall in the staff room",
    "find-out": "Asked at the Monday meeting; not written down yet",
}
INITIATIVES_DONE_BEFORE = 20  # days ago

# Kind, days from today on which it is due now, state.
MOVED = (
    ("policy", -9, MilestoneState.BEGUN),
    ("backup", 6, MilestoneState.TO_COME),
    ("operator", 13, MilestoneState.TO_COME),
    ("measure", 15, MilestoneState.BEGUN),
    (Verdict.OPEN.value, 20, MilestoneState.BEGUN),
)

# Title, days from today on which it is due, owner.
OWN_MILESTONES = (
    ("Thank the volunteers of the dark week in person", 34, "manager"),
    ("Renew the licence for the sound library", -3, "henrik"),
)


def work_on_roadmap(museum: Museum, strategy: Strategy) -> None:
    """Bring the roadmap of the strategy in force to where it stands today."""
    _read_figures(museum, strategy)
    _tick_off(museum, strategy)
    _move(museum, strategy)
    _add_own(museum, strategy)


def _read_figures(museum: Museum, strategy: Strategy) -> None:
    """The figures were read every month since: each reading was a milestone of its own."""
    answers = answers_of(strategy.versions.approved().get())
    for kpi in answers.kpis:
        for day in reading_days(answers, kpi):
            reading = next_reading(answers, kpi, on_or_after=day)
            if day >= museum.today or reading is None or reading.owner is None:
                break
            owner = Membership.objects.get(uid=reading.owner.uid)
            read_at = museum.history.moment(day, 11)
            Milestone.objects.create(
                strategy=strategy,
                key=reading.key,
                kind=reading.kind,
                step=reading.target.step,
                row_kind=reading.target.kind,
                row_uid=reading.target.row,
                phase=reading.phase,
                title=reading.title,
                due_on=day,
                owner=owner,
                state=MilestoneState.DONE,
                done_at=read_at,
                done_by=owner.user,
                created_at=read_at,
                updated_at=read_at,
                updated_by=owner.user,
            )


def _tick_off(museum: Museum, strategy: Strategy) -> None:
    due = Milestone.objects.filter(strategy=strategy, due_on__lt=museum.today)
    long_ago = museum.today - timedelta(days=INITIATIVES_DONE_BEFORE)
    initiatives = due.filter(kind="initiative", due_on__lt=long_ago)
    for milestone in due.filter(kind__in=DONE_KINDS) | initiatives:
        done_on = min(museum.today, milestone.due_on - timedelta(days=1))
        with museum.history.on((museum.today - done_on).days, hour=15, only=WRITTEN):
            by = milestone.owner.user if milestone.owner else museum.users["marketer"]
            set_state(milestone, MilestoneState.DONE, by=by, reason=REASONS.get(milestone.kind, ""))


def _move(museum: Museum, strategy: Strategy) -> None:
    for kind, days, state in MOVED:
        for milestone in Milestone.objects.filter(strategy=strategy, kind=kind):
            with museum.history.on(18, hour=9, only=WRITTEN):
                _move_to(museum, milestone, museum.today + timedelta(days=days), state)


def _move_to(museum: Museum, milestone: Milestone, due_on: date, state: MilestoneState) -> None:
    values = MilestoneValues(due_on, milestone.owner, milestone.owner_name)
    by = museum.users["marketer"]
    save_milestone(milestone, values=values, expected=milestone.revision, by=by)
    set_state(milestone, state, by=by)


def _add_own(museum: Museum, strategy: Strategy) -> None:
    for title, days, owner in OWN_MILESTONES:
        with museum.history.on(17, hour=9, only=WRITTEN):
            due_on = museum.today + timedelta(days=days)
            values = MilestoneValues(due_on, museum.members[owner], title=title, phase="run")
            add_milestone(strategy, values=values, by=museum.users["manager"])
