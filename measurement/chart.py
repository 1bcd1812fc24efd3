"""What the chart of a figure's readings shows; the table beside it says the same in words."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.text import date_text
from measurement.figures import Figure, number_words

Points = list[dict[str, Any]]


def chart_data(figure: Figure) -> dict[str, Any] | None:
    """Return lines for ``static/js/results.js``, or None where a line says nothing.

    A point has a day as ``x`` (counted from any one day on), a number as ``y``, and both in words.
    ``way`` leads straight from today's figure to the target.
    """
    readings, kpi = figure.readings, figure.kpi
    if not readings or kpi.is_sign:
        return None
    first = min(figure.starts_on, readings[0].read_on)
    last = max(figure.by_on, readings[-1].read_on)
    lines = [
        {
            "name": _("Readings"),
            "look": "read",
            "points": [_point(one.read_on, one.value) for one in readings],
        }
    ]
    if kpi.target is not None:
        ends = [_point(day, kpi.target) for day in (first, last)]
        name = _("Target %(number)s") % {"number": number_words(kpi.target)}
        lines.append({"name": name, "look": "target", "points": ends})
        if kpi.baseline is not None:
            way = [_point(figure.starts_on, kpi.baseline), _point(figure.by_on, kpi.target)]
            lines.append({"name": _("Straight way"), "look": "way", "points": way})
    return {
        "lines": lines,
        "first": first.toordinal(),
        "last": max(last.toordinal(), first.toordinal() + 1),
        "ends": [date_text(first), date_text(last)],
    }


def _point(day: date, value: Any) -> dict[str, Any]:
    return {
        "x": day.toordinal(),
        "y": float(value),
        "day": date_text(day),
        "number": number_words(value),
    }
