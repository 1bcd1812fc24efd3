"""Fields that read numbers, dates, times and addresses as people type them, and never guess.

“1 200” is 1200 everywhere. What can be read in two ways (“1,200” where decimals are allowed,
“01/02/2027”) is refused with a sentence that says how to write it: nothing is written wrongly.
Every form takes these instead of Django's own, which guess.
"""

import contextlib
import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.day_or_month import DayOrMonthInput, Edge, span_of
from core.validators import refuse_password

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
LARGEST = 2_147_483_647

TIMES_AT_MOST = 6  # good times of one kind of post

_MINUS = str.maketrans({"−": "-", "–": "-"})  # the signs that word processors write
_GAPS = re.compile(r"(?<=\d)[\s'’_](?=\d)")  # spaces of every width stand between digits
_GROUPS = re.compile(r"[+-]?\d{1,3}([.,])\d{3}(?:\1\d{3})*")


def grouped(number: int) -> str:
    """Write a number with a thin gap a thousand: 10 000 000."""
    return f"{number:,}".replace(",", "\u202f")


def clock_text(at: time) -> str:
    """Write a time of day as it is typed and stored: 08:30."""
    return at.strftime("%H:%M")


def _plain(value: Any) -> str:
    return _GAPS.sub("", str(value).strip().translate(_MINUS))


def _say_highest(field: forms.IntegerField) -> None:
    """Group the digits of the highest number in its sentence."""
    if field.max_value is not None:
        words = _("Write %(highest)s or less.") % {"highest": grouped(int(str(field.max_value)))}
        field.error_messages["max_value"] = words


class WholeNumberField(forms.IntegerField):
    """A whole number: “1 200”, “1,200” and “1.200” are all 1200, since no part of one is asked.

    Without a ``max_value`` of its own it takes what a column for integers holds.
    """

    def __init__(self, *, max_value: int | None = None, **kwargs: Any) -> None:
        super().__init__(max_value=LARGEST if max_value is None else max_value, **kwargs)
        _say_highest(self)

    def to_python(self, value: Any) -> int | None:
        """Take away what only groups the digits."""
        if value in self.empty_values:
            return None
        text = _plain(value)
        if _GROUPS.fullmatch(text):
            text = re.sub(r"[.,]", "", text)
        if not re.fullmatch(r"[+-]?\d{1,30}", text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(text)


class DecimalNumberField(forms.DecimalField):
    """A number with decimals: comma or point, never both."""

    default_error_messages = {
        "both": _("Write it with a point for decimals and nothing else, for example 1234.5."),
        "group": _("This can be read in two ways. Write 1200 or 1.2, whichever you mean."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_highest(self)

    def prepare_value(self, value: Any) -> Any:
        """Show 26, not the 26.00 that the database keeps."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """Refuse what can be read in two ways."""
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        text = _plain(value)
        if "." in text and "," in text:
            raise ValidationError(self.error_messages["both"], code="both")
        if _GROUPS.fullmatch(text) and not re.match(r"[+-]?0", text):
            if len(re.findall(r"[.,]", text)) > 1:
                raise ValidationError(self.error_messages["both"], code="both")
            raise ValidationError(self.error_messages["group"], code="group")
        if not re.fullmatch(r"[+-]?\d{0,30}([.,]\d{0,30})?", text) or not re.search(r"\d", text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text.replace(",", "."))


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


class DayField(forms.DateField):
    """A day of this century: “2026-11-24”, “2026/11/24” and “24.11.2026”.

    With slashes or dashes some people write the day first and others the month: “24/11/2026” is
    taken because there is no month 24, “01/02/2027” is asked.
    """

    default_error_messages = {
        "ambiguous": _(
            "This can be read in two ways. Write %(first)s or %(second)s, whichever you mean."
        ),
        "range": _("Choose a day between the years 2000 and 2100."),
    }

    _YEAR_FIRST = re.compile(r"(?P<year>\d{4,6})([-/])(?P<month>\d{1,2})\2(?P<day>\d{1,2})")
    _DAY_FIRST = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4,6})")
    _EITHER = re.compile(r"(?P<one>\d{1,2})([-/])(?P<other>\d{1,2})\2(?P<year>\d{4,6})")

    def to_python(self, value: Any) -> date | None:
        """Read a day, or ask which one is meant."""
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = str(value).strip()
        days: set[date | None] = set()
        if parts := self._YEAR_FIRST.fullmatch(text) or self._DAY_FIRST.fullmatch(text):
            days = {_date(parts["year"], parts["month"], parts["day"])}
        elif parts := self._EITHER.fullmatch(text):
            year, one, other = parts["year"], parts["one"], parts["other"]
            days = {_date(year, other, one), _date(year, one, other)}
        possible = sorted(day for day in days if day is not None)
        if len(possible) > 1:
            raise ValidationError(
                self.error_messages["ambiguous"],
                code="ambiguous",
                params={"first": possible[0], "second": possible[1]},
            )
        if not possible:
            code = "range" if parts and len(parts["year"]) > 4 else "invalid"
            raise ValidationError(self.error_messages[code], code=code)
        return possible[0]

    def validate(self, value: date | None) -> None:
        """Refuse years that no plan is made for; arithmetic on them would fail."""
        super().validate(value)
        if value is not None and not EARLIEST <= value <= LATEST:
            raise ValidationError(self.error_messages["range"], code="range")


class DayOrMonthField(DayField):
    """A day, or a month, quarter or season that stands for its first or last day (``edge``).

    “September” is the next one from today on; “September 2027”, “2027-09”, “Q3 2027” and “autumn
    2027” are taken too. What came is shown again as the day it became.
    """

    def __init__(self, *, edge: Edge = "last", **kwargs: Any) -> None:
        self.edge = edge
        kwargs.setdefault("widget", DayOrMonthInput(edge))
        kwargs["error_messages"] = {
            "invalid": _("Choose a date or a month, or write 2026-11-24 or September 2027."),
            **(kwargs.get("error_messages") or {}),
        }
        super().__init__(**kwargs)

    def get_bound_field(self, form: Any, field_name: str) -> forms.BoundField:
        """Let the choice of a month say of which field it is."""
        if isinstance(self.widget, DayOrMonthInput):
            self.widget.about = self.label or ""
        return super().get_bound_field(form, field_name)

    def prepare_value(self, value: Any) -> Any:
        """Show what was typed as the day that it is read as: the browser shows nothing else."""
        if isinstance(value, str):
            with contextlib.suppress(ValidationError):
                return self.to_python(value)
        return value

    def to_python(self, value: Any) -> date | None:
        """Read a month, or else a day."""
        if isinstance(value, str) and (span := span_of(value, timezone.localdate())):
            return span[0] if self.edge == "first" else span[1]
        return super().to_python(value)


class ClockField(forms.TimeField):
    """A time of day: “8”, “8.30”, “08:30”, “0830”, “830” and “08:30:00”.

    “8.3” may be three minutes past or half past, and “102” may be 01:02 or 10:20: both are asked.
    """

    default_error_messages = {
        "ambiguous": _(
            "This can be read in two ways. Write the minutes with two digits after a colon, "
            "for example 08:30."
        )
    }

    _TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?:[:.](\d{2})(?:\.0+)?)?)?", re.ASCII)
    _ONLY_DIGITS = re.compile(r"(\d{1,2})(\d{2})", re.ASCII)
    _TWO_WAYS = re.compile(r"\d{1,2}[:.]\d|[01]\d\d|2[0-3]\d", re.ASCII)

    def to_python(self, value: Any) -> time | None:
        """Read a time, or ask which one is meant."""
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        text = str(value).strip()
        if self._TWO_WAYS.fullmatch(text):
            raise ValidationError(self.error_messages["ambiguous"], code="ambiguous")
        parts = self._TIME.fullmatch(text) or self._ONLY_DIGITS.fullmatch(text)
        with contextlib.suppress(ValueError):
            if parts:
                hour, minute, second = (*parts.groups("0"), "0")[:3]
                return time(int(hour), int(minute), int(second))
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class ClockTimesField(forms.Field):
    """Several times of day, each read as ``ClockField`` reads one: “08:00, 12:30 and 17”.

    Gives them as a tuple, earliest first and each once.
    """

    default_error_messages = {
        "invalid": _("Write times of day one after the other, for example 08:00, 12:30 and 17."),
        "too_many": _("Write %(number)d times or fewer."),
    }

    _BETWEEN = re.compile(r"[\s,;]+")
    _LONGEST = 200  # characters
    _clock = ClockField()

    def prepare_value(self, value: Any) -> Any:
        """Show times with commas between them."""
        return value if isinstance(value, str | None) else ", ".join(map(clock_text, value))

    def to_python(self, value: Any) -> Any:
        """Read each time; what stands between them is a comma, a blank or “and”."""
        if not isinstance(value, str):
            return tuple(sorted(set(value or ())))
        if len(value) > self._LONGEST:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        said = [one for one in self._BETWEEN.split(value) if one]
        times = {self._read(one) for one in said if one.casefold() not in {"and", "&", _("and")}}
        if len(times) > TIMES_AT_MOST:
            raise ValidationError(
                self.error_messages["too_many"],
                code="too_many",
                params={"number": TIMES_AT_MOST},
            )
        return tuple(sorted(times))

    def _read(self, text: str) -> time:
        try:
            at = self._clock.to_python(text)
        except ValidationError as error:
            if error.code == "ambiguous":
                raise
            at = None
        if at is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return at.replace(second=0)


class WebAddressField(forms.URLField):
    """An address without anybody's password; without its beginning it gets https."""

    default_validators = [*forms.URLField.default_validators, refuse_password]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})
