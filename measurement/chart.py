"""The line of a figure as an SVG made on the server; the table beside it says the same in words.

Places are strings: a template would write a decimal comma.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from measurement.figures import Figure, number_words

WIDTH, HEIGHT = 600, 180
LEFT, RIGHT, TOP, BOTTOM = 10, 590, 24, 150


@dataclass(frozen=True)
class Point:
    """A reading; ``text`` is its value."""

    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Chart:
    """Everything that the picture shows; ``way`` leads from today's figure to the target."""

    points: Sequence[Point]
    line: str
    target: str
    target_text: str
    way: str
    first: date
    last: date


def draw_figure(figure: Figure) -> Chart | None:
    """Return the picture of a figure's readings, or None where a line says nothing."""
    readings, kpi = figure.readings, figure.kpi
    if not readings or kpi.is_sign:
        return None
    first = min(figure.starts_on, readings[0].read_on)
    last = max(figure.by_on, readings[-1].read_on)
    days = max(1, (last - first).days)
    numbers = [float(one.value) for one in readings]
    numbers += [float(one) for one in (kpi.baseline, kpi.target) if one is not None]
    low, high = min(numbers), max(numbers)
    span = (high - low) or 1.0

    def x(day: date) -> str:
        return f"{LEFT + (RIGHT - LEFT) * (day - first).days / days:.1f}"

    def y(value: object) -> str:
        return f"{BOTTOM - (BOTTOM - TOP) * (float(str(value)) - low) / span:.1f}"

    points = [Point(x(one.read_on), y(one.value), number_words(one.value)) for one in readings]
    way = ""
    if kpi.baseline is not None and kpi.target is not None:
        way = f"{x(figure.starts_on)},{y(kpi.baseline)} {x(figure.by_on)},{y(kpi.target)}"
    return Chart(
        points=points,
        line=" ".join(f"{point.x},{point.y}" for point in points),
        target=y(kpi.target) if kpi.target is not None else "",
        target_text=number_words(kpi.target) if kpi.target is not None else "",
        way=way,
        first=first,
        last=last,
    )
