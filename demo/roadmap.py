"""Three months of work on the roadmap: half of what is due is done, some is moved, some is late."""

from datetime import date, timedelta

from activity.models import Record
from demo.museum import Museum
from strategies.enums import MilestoneState, Verdict
from strategies.models import Milestone, Strategy
from strategies.services.roadmap import MilestoneValues, add_milestone, save_milestone, set_state

WRITTEN = (Milestone, Record)

DONE_KINDS = ("access", "first-month", "campaign", "find-out", "mid-term")
# Why those count as done that something else would end by itself.
REASONS = {
    "access": "Looked through with the front desk",
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
    _tick_off(museum, strategy)
    _move(museum, strategy)
    _add_own(museum, strategy)


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
