"""Fields that read numbers, dates and times as people type them, and never guess.

“1 200” is 1200 everywhere. What can be read in two ways (“1,200” where decimals are allowed) is
refused with a sentence that says how to write it: nothing is written wrongly.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)

_MINUS = str.maketrans({"−": "-", "–": "-"})  # the signs that word processors write
_GAPS = re.compile(r"(?<=\d)[\s'’_](?=\d)")  # spaces of every width stand between digits
_GROUPS = re.compile(r"[+-]?\d{1,3}([.,])\d{3}(?:\1\d{3})*")


def grouped(number: int) -> str:
    """Write a number with a thin gap a thousand: 10 000 000."""
    return f"{number:,}".replace(",", "\u202f")


def _plain(value: Any) -> str:
    return _GAPS.sub("", str(value).strip().translate(_MINUS))


def _say_highest(field: forms.IntegerField) -> None:
    """Group the digits of the highest number in its sentence."""
    if field.max_value is not None:
        words = _("Write %(highest)s or less.") % {"highest": grouped(int(str(field.max_value)))}
        field.error_messages["max_value"] = words


class WholeNumberField(forms.IntegerField):
    """A whole number: “1 200”, “1,200” and “1.200” are all 1200, since no part of one is asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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


class DayField(forms.DateField):
    """A day of this century; “24.11.2026” is read as well."""

    default_error_messages = {"range": _("Choose a day between the years 2000 and 2100.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "input_formats": ["%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d"]})

    def clean(self, value: Any) -> Any:
        """Refuse years that no plan is made for; arithmetic on them would fail."""
        found = super().clean(value)
        if found is not None and not EARLIEST <= found <= LATEST:
            raise ValidationError(self.error_messages["range"], code="range")
        return found


class ClockField(forms.TimeField):
    """A time of day: “8”, “8.30”, “0830” and “08:30:00” are read as well."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        formats = ["%H:%M", "%H:%M:%S", "%H.%M", "%H%M", "%H"]
        super().__init__(*args, **{**kwargs, "input_formats": formats})


def _by_uid(
    rows: "Iterable[tuple[Any, str | Promise]]",
) -> tuple[list[tuple[str, "str | Promise"]], dict[str, Any]]:
    """The choices are rows, named by uid: a row of another workspace is simply not on the list."""
    listed = list(rows)
    choices = [(str(row.uid), words) for row, words in listed]
    return choices, {str(row.uid): row for row, _words in listed}


class RowChoiceField(forms.TypedChoiceField):
    """One row, or none; ``nothing`` is said where there is none to choose."""

    nothing: "str | Promise" = ""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "empty_value": None})

    def offer(self, rows: "Iterable[tuple[Any, str | Promise]]") -> None:
        """Take the rows to choose from, each with its words."""
        choices, found = _by_uid(rows)
        self.choices, self.coerce = [("", "–"), *choices], found.__getitem__

    def prepare_value(self, value: Any) -> Any:
        """Show a row by its uid."""
        return str(getattr(value, "uid", value if value is not None else ""))


class RowChoicesField(forms.TypedMultipleChoiceField):
    """Any number of rows, as boxes to tick; ``nothing`` is said where there is none to choose."""

    nothing: "str | Promise" = ""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "empty_value": []})

    def offer(self, rows: "Iterable[tuple[Any, str | Promise]]") -> None:
        """Take the rows to choose from, each with its words."""
        self.choices, found = _by_uid(rows)
        self.coerce = found.__getitem__

    def prepare_value(self, value: Any) -> Any:
        """Show rows by their uids."""
        return [str(getattr(one, "uid", one)) for one in value or ()]
