"""Tables that people open in a spreadsheet."""

import pytest

from core.spreadsheet import csv_text, safe_cell


@pytest.mark.parametrize(
    "bad", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1+1", "\u00a0=1"]
)
def test_cell_that_looks_like_a_formula_is_escaped(bad: str) -> None:
    assert safe_cell(bad) == f"'{bad}"


@pytest.mark.parametrize("good", ["Kari", "", "a=1", 3, "日本"])
def test_other_cells_stay_as_they_are(good: object) -> None:
    assert safe_cell(good) == str(good)


def test_table_begins_with_the_mark_by_which_excel_knows_utf_8() -> None:
    assert csv_text([["Kari, Nes", "=1"]]) == '\ufeff"Kari, Nes",\'=1\r\n'
