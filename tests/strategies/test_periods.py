"""What a name says of a period, and what a period is called."""

from datetime import date

import pytest

from strategies.domain.periods import name_of_period, period_of_name


@pytest.mark.parametrize(
    ("name", "starts_on", "ends_on"),
    [
        ("Spring 2027", date(2027, 3, 1), date(2027, 5, 31)),
        ("January to June 2027", date(2027, 1, 1), date(2027, 6, 30)),
        ("Social media, Jan–Feb 2028", date(2028, 1, 1), date(2028, 2, 29)),
        ("October 2026 to March 2027", date(2026, 10, 1), date(2027, 3, 31)),
        ("November to February 2027", date(2026, 11, 1), date(2027, 2, 28)),
        ("Winter 2026/27", date(2026, 12, 1), date(2027, 2, 28)),
        ("Winter 2027", date(2027, 12, 1), date(2028, 2, 29)),
        ("Autumn and winter 2026/27", date(2026, 9, 1), date(2027, 2, 28)),
        ("Q3 2027", date(2027, 7, 1), date(2027, 9, 30)),
        ("Second half 2027", date(2027, 7, 1), date(2027, 12, 31)),
        ("2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("Plan 2026–2028", date(2026, 1, 1), date(2028, 12, 31)),
        ("May 2027", date(2027, 5, 1), date(2027, 5, 31)),
    ],
)
def test_a_name_says_its_period(name: str, starts_on: date, ends_on: date) -> None:
    assert period_of_name(name) == (starts_on, ends_on)


@pytest.mark.parametrize(
    "name", ["", "Spring", "The shop", "2027 to 2025", "2001 to 2099", "19 27"]
)
def test_other_names_say_none(name: str) -> None:
    assert period_of_name(name) is None


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "name"),
    [
        (date(2027, 1, 1), date(2027, 12, 31), "2027"),
        (date(2027, 6, 1), date(2027, 6, 30), "June 2027"),
        (date(2027, 1, 1), date(2027, 6, 30), "January to June 2027"),
        (date(2026, 12, 1), date(2027, 5, 31), "December 2026 to May 2027"),
    ],
)
def test_a_period_is_called_by_its_months(starts_on: date, ends_on: date, name: str) -> None:
    assert name_of_period(starts_on, ends_on) == name
    assert period_of_name(name) == (starts_on, ends_on)
