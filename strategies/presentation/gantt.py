"""The roadmap as a picture: where everything stands, in per cent, for one SVG made on the server.

Horizontal places are per cent of the width, so that the picture scales without script; the lists
below it say the same in words. Numbers are strings here: a template would write a decimal comma.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from strategies.enums import Phase
from strategies.presentation.roadmap_lines import RoadmapLine

BEFORE = timedelta(days=400)  # how far the picture reaches for what prepares the period
BEHIND = timedelta(days=150)  # and for what comes after it
WEEK_LABELS = 16
MONTH_LABELS = 14
MONTHS_ON_A_PHONE = 9  # more would touch there: only every second one is shown
NAME_WIDTH = 9.0  # per cent that a month's name takes on a phone
NUMBER_WIDTH = 3.5  # per cent that a number below a mark takes on a phone
PHASE_WIDTH = 20.0  # per cent that a phase's name takes on a phone
RIGHTMOST = 96.0  # per cent: a name that begins beyond would leave the picture
FIRST_ROW, ROW_STEP = 32.8, 19.5  # per cent of the height: the middle of the first phase, a row


@dataclass(frozen=True)
class Label:
    """A word at a place; on a narrow screen ``is_odd`` ones go.

    ``year`` stands at the first month and where it changes.
    """

    x: str
    text: str
    is_odd: bool = False
    year: str = ""


@dataclass(frozen=True)
class Bar:
    """A phase: from its first to its last milestone, ``y`` in the middle.

    ``width`` is empty where all stand on one day. Its name begins at ``name_x``, or ends there where
    it is ``at_end``.
    """

    name: str
    x: str
    width: str
    name_x: str
    y: str
    at_end: bool


@dataclass(frozen=True)
class Mark:
    """The milestones of a phase on one day; ``look`` is done, late or something else.

    ``number`` says how many, where there are several; ``is_above``: it would touch the number
    before it, and stands above the mark instead of below. Where both places are taken there is none.
    """

    x: str
    y: str
    look: str
    number: str = ""
    is_above: bool = False


@dataclass(frozen=True)
class Gantt:
    """Everything that the picture shows."""

    months: Sequence[Label]
    weeks: Sequence[Label]
    bars: Sequence[Bar]
    marks: Sequence[Mark]
    today: str
    is_today_right: bool
    first_week: int
    last_week: int


@dataclass(frozen=True)
class _Scale:
    begins_on: date  # a Monday
    days: int

    def at(self, day: date) -> float:
        share = (day - self.begins_on).days / self.days
        return round(min(max(share, 0.0), 1.0) * 100, 2)


def draw(
    lines: Sequence[RoadmapLine], *, starts_on: date, ends_on: date, today: date
) -> Gantt | None:
    """Return the picture of ``lines``, or None when there are none.

    A milestone far outside the period stands at the picture's edge instead of squeezing the rest.
    """
    if not lines:
        return None
    scale = _scale(lines, starts_on, ends_on)
    last = scale.begins_on + timedelta(days=scale.days - 1)
    marks, above = _marks(lines, scale)
    inside = scale.begins_on <= today <= last
    return Gantt(
        months=list(_months(scale, last)),
        weeks=list(_weeks(scale)),
        bars=list(_bars(lines, scale, starts_on, ends_on, above)),
        marks=marks,
        today=_per_cent(scale.at(today)) if inside else "",
        is_today_right=scale.at(today) > 88,
        first_week=scale.begins_on.isocalendar().week,
        last_week=last.isocalendar().week,
    )


def _scale(lines: Iterable[RoadmapLine], starts_on: date, ends_on: date) -> _Scale:
    days = [line.due_on for line in lines]
    first = max(min(starts_on, *days), starts_on - BEFORE)
    last = min(max(ends_on, *days), ends_on + BEHIND)
    monday = first - timedelta(days=first.weekday())
    weeks = (last - monday).days // 7 + 1
    return _Scale(monday, weeks * 7)


def _months(scale: _Scale, last: date) -> Iterator[Label]:
    firsts = [scale.begins_on]
    number = scale.begins_on.year * 12 + scale.begins_on.month
    while (first := date(number // 12, number % 12 + 1, 1)) <= last:
        firsts.append(first)
        number += 1
    if len(firsts) > 1 and scale.at(firsts[1]) < NAME_WIDTH:  # two names would touch
        firsts = firsts[1:]
    firsts = [first for first in firsts if scale.at(first) <= RIGHTMOST]
    step = -(-len(firsts) // MONTH_LABELS)
    shown = firsts[::step]
    of_new_year = [
        place
        for place, first in enumerate(shown)
        if not place or first.year != shown[place - 1].year
    ]
    is_crowded = len(shown) > MONTHS_ON_A_PHONE
    # The first month of a new year stays where every second one goes.
    kept = of_new_year[-1] % 2 if is_crowded else 0
    for place, first in enumerate(shown):
        yield Label(
            _per_cent(scale.at(first)),
            date_format(first, "M"),
            is_odd=is_crowded and place % 2 != kept,
            year=str(first.year) if place in of_new_year else "",
        )


def _weeks(scale: _Scale) -> Iterator[Label]:
    weeks = scale.days // 7
    step = max(2, -(-weeks // WEEK_LABELS)) if weeks > 8 else 1
    for place, week in enumerate(range(0, weeks, step)):
        monday = scale.begins_on + timedelta(weeks=week)
        is_odd = weeks > 8 and place % 3 != 0
        if scale.at(monday) > RIGHTMOST and place:
            return
        yield Label(_per_cent(scale.at(monday)), str(monday.isocalendar().week), is_odd)


def _bars(
    lines: Iterable[RoadmapLine],
    scale: _Scale,
    starts_on: date,
    ends_on: date,
    above: Mapping[int, Sequence[float]],
) -> Iterator[Bar]:
    """Yield the bars; ``above`` are the numbers that stand above a row, where its name stands."""
    for row, phase in enumerate(Phase):
        days = [line.due_on for line in lines if line.phase == phase]
        if not days:
            continue
        if phase == Phase.RUN:
            days += [starts_on, ends_on]
        left, right = scale.at(min(days)), scale.at(max(days))
        name_at, at_end = _place_of_name(left, right, above.get(row, ()))
        yield Bar(
            name=str(phase.label),
            x=_per_cent(left),
            width=_per_cent(right - left) if right > left else "",
            name_x=_per_cent(name_at),
            y=_middle_of(row),
            at_end=at_end,
        )


def _place_of_name(left: float, right: float, numbers: Sequence[float]) -> tuple[float, bool]:
    """Return where a bar's name begins, beside ``numbers``; where it ends, and True, at the end."""
    for begins in (left, *(number + NUMBER_WIDTH for number in sorted(numbers))):
        is_free = _is_free(begins - NUMBER_WIDTH, begins + PHASE_WIDTH, numbers)
        if is_free and begins + PHASE_WIDTH <= 100:
            return begins, False
    for ends in (right, *(number - NUMBER_WIDTH for number in sorted(numbers, reverse=True))):
        is_free = _is_free(ends - PHASE_WIDTH, ends + NUMBER_WIDTH, numbers)
        if is_free and ends >= PHASE_WIDTH:
            return ends, True
    return right, True


def _is_free(begins: float, ends: float, numbers: Iterable[float]) -> bool:
    """Whether no number stands between."""
    return not any(begins + 0.01 < number < ends - 0.01 for number in numbers)


def _marks(
    lines: Iterable[RoadmapLine], scale: _Scale
) -> tuple[list[Mark], dict[int, list[float]]]:
    """Return the marks, and where numbers stand above each row.

    What is late is drawn last: it is the one to see where marks touch.
    """
    rows = {phase.value: row for row, phase in enumerate(Phase)}
    looks: dict[tuple[int, float], list[str]] = {}
    for line in lines:
        looks.setdefault((rows[line.phase], scale.at(line.due_on)), []).append(line.look)
    marks = []
    below: dict[int, list[float]] = {}
    above: dict[int, list[float]] = {}
    for row, place in sorted(looks):
        found = looks[row, place]
        number, is_above = "", False
        for side in (below, above) if len(found) > 1 else ():
            taken = side.setdefault(row, [])
            if not taken or place - taken[-1] >= NUMBER_WIDTH:
                taken.append(place)
                number, is_above = str(len(found)), side is above
                break
        marks.append(
            Mark(_per_cent(place), _middle_of(row), _look_of(found), number, is_above=is_above)
        )
    return sorted(marks, key=lambda mark: mark.look == "late"), above


def _look_of(looks: Sequence[str]) -> str:
    """Return the look of several on one day: late where one is, done where all are."""
    if "late" in looks:
        return "late"
    return next((look for look in looks if look != "done"), "done")


def _middle_of(row: int) -> str:
    return _per_cent(FIRST_ROW + row * ROW_STEP)


def _per_cent(number: float) -> str:
    return f"{number:.2f}%"
