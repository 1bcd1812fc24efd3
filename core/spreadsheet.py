"""Tables that people open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula; ``plain_cell`` takes it back."""
    text = str(value)
    return f"'{text}" if _is_formula(text.lstrip("'")) else text


def plain_cell(text: str) -> str:
    """Return what a cell said before ``safe_cell``."""
    return text[1:] if text.startswith("'") and _is_formula(text.lstrip("'")) else text


def _is_formula(text: str) -> bool:
    return text.lstrip(" \u00a0").startswith(_FORMULA)


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Return a CSV with a byte order mark, by which Excel knows that it is UTF-8."""
    made = io.StringIO()
    csv.writer(made).writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + made.getvalue()
