"""Months, quarters and seasons that stand for a span of days."""

from datetime import date

import pytest

from core.day_or_month import span_of

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("September", date(2027, 9, 1), date(2027, 9, 30)),
        ("november", date(2026, 11, 1), date(2026, 11, 30)),
        ("Sept. 2026", date(2026, 9, 1), date(2026, 9, 30)),
        ("by  SEP, 2027", date(2027, 9, 1), date(2027, 9, 30)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("9/2027", date(2027, 9, 1), date(2027, 9, 30)),
        ("Q3", date(2027, 7, 1), date(2027, 9, 30)),
        ("q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("Q1/2027", date(2027, 1, 1), date(2027, 3, 31)),
        ("2027 Q2", date(2027, 4, 1), date(2027, 6, 30)),
        ("autumn 2027", date(2027, 9, 1), date(2027, 11, 30)),
        ("fall", date(2026, 9, 1), date(2026, 11, 30)),
        ("winter 2027/28", date(2027, 12, 1), date(2028, 2, 29)),
        ("end of May", date(2027, 5, 1), date(2027, 5, 31)),
    ],
)
def test_a_month_a_quarter_or_a_season_is_a_span(text: str, first: date, last: date) -> None:
    assert span_of(text, TODAY) == (first, last)


def test_a_winter_that_began_last_year_is_this_one() -> None:
    assert span_of("winter", date(2027, 2, 3)) == (date(2026, 12, 1), date(2027, 2, 28))


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2027", "2027-13", "0/2027", "Q5", "24.11.2026", "September 9", "2026-11-24", "٣"],
)
def test_anything_else_is_none(text: str) -> None:
    assert span_of(text, TODAY) is None
