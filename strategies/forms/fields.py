"""Fields that choose rows of a workspace."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise


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
