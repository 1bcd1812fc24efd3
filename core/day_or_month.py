"""Dates by month: “September” or “Q3 2027” stands for a span of days, of which one end is meant."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Literal

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Edge = Literal["first", "last"]

MONTHS_OFFERED = 24
# First month and number of months. As in the north; the day that it became is shown.
_SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "fall": (9, 3), "winter": (12, 3)}
_LEAD = re.compile(r"(?:by|until|from|in|end of|the end of)\s+")
_YEAR = r"(?P<year>\d{4})"
_FORMS = (
    re.compile(rf"(?P<name>[^\W\d]+)\.?(?:,?\s*{_YEAR}(?:\s*[/–-]\s*\d{{2,4}})?)?"),
    re.compile(rf"{_YEAR}\s*[-/]\s*(?P<number>\d{{1,2}})"),
    re.compile(rf"(?P<number>\d{{1,2}})\s*[./-]\s*{_YEAR}"),
    re.compile(rf"q(?P<quarter>[1-4])(?:\s*[/,-]?\s*{_YEAR})?"),
    re.compile(rf"{_YEAR}\s*[/,-]?\s*q(?P<quarter>[1-4])"),
)


def span_of(text: str, today: date) -> tuple[date, date] | None:
    """Return first and last day of the month, quarter or season that ``text`` names, or None.

    Without a year it is the one that ``today`` lies in, or else the next.
    """
    plain = _LEAD.sub("", " ".join(text.casefold().split()), count=1)
    for form in _FORMS:
        if parts := form.fullmatch(plain):
            found = parts.groupdict()
            months = _months_of(found)
            if months is None:
                continue
            if found["year"]:
                return _span(int(found["year"]), *months)
            this_year = range(today.year - 1, today.year + 2)
            spans = filter(None, (_span(year, *months) for year in this_year))
            return next((span for span in spans if span[1] >= today), None)
    return None


def _months_of(found: dict[str, str | None]) -> tuple[int, int] | None:
    """Return the first month that is named, and how many."""
    if quarter := found.get("quarter"):
        return 3 * int(quarter) - 2, 3
    if number := found.get("number"):
        return (int(number), 1) if 1 <= int(number) <= 12 else None
    name = found.get("name") or ""
    if name in _SEASONS:
        return _SEASONS[name]
    month = _month_names().get(name)
    return (month, 1) if month else None


def _month_names() -> dict[str, int]:
    """The names of the months, in English and in the language of the page."""
    found = {"sept": 9}
    for number in range(1, 13):
        for name in (
            calendar.month_name[number],
            calendar.month_abbr[number],
            *(names[number] for names in (MONTHS, MONTHS_3, MONTHS_ALT)),
        ):
            found[str(name).casefold().rstrip(".")] = number
    return found


def _span(year: int, month: int, months: int) -> tuple[date, date] | None:
    try:
        first = date(year, month, 1)
        return first, _later(first, months) - timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


class DayOrMonthInput(forms.DateInput):
    """A day, and beside it a choice of months that stands for their first or last day.

    Both have the field's name; what is chosen as a month counts. With script the choice fills the day.
    """

    def __init__(self, edge: Edge, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.edge = edge
        self.about: Any = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Take the month where one is chosen."""
        texts = data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]
        return next((text for text in reversed(texts) if text), texts[-1] if texts else None)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw both."""
        day = super().render(name, value, attrs, renderer)
        words = (
            _("%(field)s The first day of a month")
            if self.edge == "first"
            else _("%(field)s The last day of a month")
        )
        months = format_html(
            '<select class="form-select by-month" name="{}" autocomplete="off" data-by-month'
            ' aria-label="{}"><option value="">{}</option>{}</select>',
            name,
            words % {"field": self.about},
            _("Month"),
            format_html_join("", '<option value="{}" data-day="{}">{}</option>', self._offered()),
        )
        return SafeString(day + months)

    def _offered(self) -> Iterator[tuple[str, str, str]]:
        """Yield the months from this one on: as sent, their day, their name."""
        first = timezone.localdate().replace(day=1)
        for _place in range(MONTHS_OFFERED):
            after = _later(first, 1)
            day = first if self.edge == "first" else after - timedelta(days=1)
            yield f"{first:%Y-%m}", day.isoformat(), date_format(first, "F Y")
            first = after
