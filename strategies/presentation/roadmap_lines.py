"""Milestones as a page shows them: late or not, in words, and where they come from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from core.due import late_words
from core.text import isolated
from strategies.domain.links import Target, answer_url
from strategies.domain.milestone_actions import action_of
from strategies.domain.milestone_facts import MILESTONE_FACTS, holding
from strategies.domain.questionnaire import STEP_BY_CODE
from strategies.domain.roadmap import OWN, READ, Derived, field_of, part_of
from strategies.enums import MilestoneState, Phase
from strategies.models import Milestone, Strategy
from workspaces.models import Membership

# Characters of a day with its year and the room before it; of the words for nobody in particular.
DAY_LENGTH = 17
NOBODY_LENGTH = 16


@dataclass(frozen=True)
class RoadmapLine:
    """One row of a list of milestones; ``look`` is done, late, begun, to_come or dropped.

    ``url`` and ``state_url`` are where a milestone is changed and ticked; empty in a preview.
    ``is_folded``: an earlier reading of a figure that was read again since; it counts, and stands
    in a fold. ``action`` and ``action_url`` are what does an open milestone, where a page does it.
    ``has_fact``: something ends it by itself, so whoever ticks it off before gives a reason.
    ``why`` says why a milestone is done, and ``doubt`` that what ended it is no longer so.
    """

    title: str
    due_on: date
    phase: str
    owner: str
    look: str
    words: str
    source: str
    source_url: str
    milestone: Milestone | None = None
    url: str = ""
    state_url: str = ""
    is_folded: bool = False
    action: str = ""
    action_url: str = ""
    has_fact: bool = False
    why: str = ""
    doubt: str = ""

    @property
    def uid(self) -> str:
        """Of the milestone; empty in a preview."""
        return str(self.milestone.uid) if self.milestone else ""

    @property
    def tick_label(self) -> str:
        """What the button that ticks it does."""
        words = (
            _("Not done after all: %(title)s")
            if self.look == "done"
            else _("Mark as done: %(title)s")
        )
        return words % {"title": isolated(self.title)}

    @property
    def icon(self) -> str:
        """The icon beside the words."""
        return {"done": "done", "late": "block", "begun": "begun"}.get(self.look, "empty")

    @property
    def colour(self) -> str:
        """The colour word of the state."""
        return {"done": "is-good", "late": "is-bad", "begun": "is-tip"}.get(self.look, "")


@dataclass(frozen=True)
class PrintSize:
    """How static/css/roadmap.css sets a printed roadmap, and what an A4 page then holds.

    In CSS pixels: what is left for rows (of both columns together), the height of a row, that of
    each further line of a long text; then the characters a line holds, in a font that runs wide.
    In columns title, owner and day share the lines of a row.
    """

    classes: str
    room: int
    row: int
    further_line: int
    characters: int
    has_columns: bool = False

    def holds(self, lines: Iterable[RoadmapLine]) -> bool:
        """Whether ``lines`` fit on one page."""
        return (
            sum(self.row + self._further(line) * self.further_line for line in lines) <= self.room
        )

    def _further(self, line: RoadmapLine) -> int:
        """In a table the owner's column holds a third of what the title's does."""
        owner = len(line.owner) or NOBODY_LENGTH
        if self.has_columns:
            return (len(line.title) + owner + DAY_LENGTH) // self.characters
        return max(len(line.title) // self.characters, owner * 3 // self.characters)


# The largest first; what holds no more than a page ends on a second one.
PRINT_SIZES = (
    PrintSize("", 600, 20, 15, 44),
    PrintSize("is-long", 620, 16, 12, 48),
    PrintSize("is-columns", 1500, 13, 12, 60, has_columns=True),
    PrintSize("is-columns is-small", 1500, 11, 10, 70, has_columns=True),
    PrintSize("is-columns is-small is-bare", 1870, 11, 10, 70, has_columns=True),
)


@dataclass(frozen=True)
class PhaseLines:
    """The lines of one phase, and how many of them are done."""

    phase: Phase
    lines: Sequence[RoadmapLine]

    @property
    def done(self) -> int:
        """Of ``lines``."""
        return sum(line.look == "done" for line in self.lines)


def lines_of(
    milestones: Iterable[Milestone], strategy: Strategy, *, today: date, member: Membership
) -> list[RoadmapLine]:
    """Return ``milestones`` as lines for ``member``; their owners must be loaded.

    Those that ended by themselves are looked at again: what ended them may no longer be so.
    """
    found = list(milestones)
    settled = [one for one in found if one.is_done_by_fact and one.dropped_at is None]
    for milestone in found:
        milestone.strategy = strategy
    true = holding(settled, strategy.workspace) if strategy.is_open else {}
    doubted = {one.pk for one in settled if one.pk not in true} if strategy.is_open else set()
    return [
        _line_of(one, strategy, today=today, member=member, is_doubted=one.pk in doubted)
        for one in found
    ]


def _line_of(
    milestone: Milestone, strategy: Strategy, *, today: date, member: Membership, is_doubted: bool
) -> RoadmapLine:
    look = _look(milestone, today)
    inside = strategy.workspace.slug, strategy.uid
    is_closed = look in {"done", "dropped"} or not strategy.is_open
    action = None if is_closed else action_of(milestone, member)
    source = source_of(milestone.kind, milestone.step, milestone.row_kind)
    return RoadmapLine(
        title=milestone.title,
        due_on=milestone.due_on,
        phase=milestone.phase,
        owner=milestone.owner.name if milestone.owner else milestone.owner_name,
        look=look,
        words=_words(milestone, look, today),
        source=source,
        source_url=_source_url(milestone, strategy) if source else "",
        milestone=milestone,
        url=reverse("strategies:milestone", args=[*inside, milestone.uid]),
        state_url=reverse("strategies:milestone_state", args=[*inside, milestone.uid]),
        action=str(action.words) if action else "",
        action_url=action.url(milestone, strategy.workspace) if action else "",
        has_fact=milestone.kind in MILESTONE_FACTS and not is_closed,
        why=_why(milestone),
        doubt=_("This is no longer so. Is it still done?") if is_doubted else "",
    )


def _why(milestone: Milestone) -> str:
    if not milestone.done_reason:
        return ""
    if milestone.is_done_by_fact:
        return _("Done by itself: %(fact)s") % {"fact": milestone.done_reason}
    return _("Marked as done: %(reason)s") % {"reason": milestone.done_reason}


def preview_of(derived: Derived, strategy: Strategy) -> RoadmapLine:
    """Return what would follow from the answers as they are now as a line."""
    return RoadmapLine(
        title=derived.title,
        due_on=derived.due_on,
        phase=derived.phase,
        owner=derived.owner.name if derived.owner else derived.owner_name,
        look="to_come",
        words=str(MilestoneState.TO_COME.label),
        source=source_of(derived.kind, derived.target.step, derived.target.kind),
        source_url=answer_url(strategy.workspace.slug, strategy.uid, derived.target),
    )


def by_phase(lines: Iterable[RoadmapLine]) -> list[PhaseLines]:
    """Return the lines by phase, soonest first, without the phases that have none."""
    inside: dict[str, list[RoadmapLine]] = {phase.value: [] for phase in Phase}
    for line in sorted(lines, key=lambda line: line.due_on):
        inside[line.phase].append(line)
    return [PhaseLines(Phase(phase), found) for phase, found in inside.items() if found]


def fold_readings(lines: Iterable[RoadmapLine]) -> list[RoadmapLine]:
    """Return the lines, of each figure's readings that are done all but the last one folded."""
    in_order = sorted(lines, key=lambda line: line.due_on)
    last = {
        line.milestone.row_uid: line.milestone
        for line in in_order
        if line.milestone and line.look == "done" and line.milestone.kind == READ
    }
    return [replace(line, is_folded=_is_earlier(line, last)) for line in in_order]


def _is_earlier(line: RoadmapLine, last: Mapping[str, Milestone]) -> bool:
    milestone = line.milestone
    if milestone is None or milestone.kind != READ or line.look != "done":
        return False
    return last[milestone.row_uid] != milestone


def print_size(lines: Iterable[RoadmapLine]) -> str:
    """Return the classes with which ``lines`` fit on one printed page (up to some 130 of them)."""
    shown = [line for line in lines if not line.is_folded]
    sizes = (size.classes for size in PRINT_SIZES if size.holds(shown))
    return next(sizes, PRINT_SIZES[-1].classes)


def is_late(milestone: Milestone, today: date) -> bool:
    """Whether its day has gone by and it is not done."""
    return milestone.state != MilestoneState.DONE and milestone.due_on < today


def source_of(kind: str, step: str, row_kind: str) -> str:
    """Say which answer a milestone came from; nothing for one of people's own."""
    if kind == OWN or step not in STEP_BY_CODE:
        return ""
    if row_kind == "period":
        return _("from the period")
    if number := STEP_BY_CODE[step].number:
        return _("from question %(number)d") % {"number": number}
    return _("from Before you begin")


def _look(milestone: Milestone, today: date) -> str:
    if milestone.dropped_at:
        return "dropped"
    if milestone.state == MilestoneState.DONE:
        return "done"
    return "late" if is_late(milestone, today) else str(milestone.state)


def _words(milestone: Milestone, look: str, today: date) -> str:
    if look == "late":
        return late_words(milestone.due_on, today)
    if look == "dropped":
        return _("No longer follows")
    return str(MilestoneState(milestone.state).label)


def _source_url(milestone: Milestone, strategy: Strategy) -> str:
    field = field_of(milestone.kind, part_of(milestone.key))
    target = Target(milestone.step, milestone.row_kind, milestone.row_uid, field)
    return answer_url(strategy.workspace.slug, strategy.uid, target)
