"""Short codes in one column."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError

from core.fields import CodesField, TimesField

DAYS = CodesField("days", choices=[("1", "Mon"), ("2", "Tue"), ("3", "Wed")])
FREE = CodesField("codes")
TIMES = TimesField("times")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (None, ()),
        ("", ()),
        ("3 1", ("1", "3")),
        (["2", "2", "1"], ("1", "2")),
        (("3", "unknown"), ("3", "unknown")),
    ],
)
def test_codes_any_form_becomes_a_tuple_in_the_order_of_the_choices(
    given: object, kept: tuple[str, ...]
) -> None:
    assert DAYS.to_python(given) == kept


def test_codes_round_trip_through_the_column() -> None:
    assert FREE.from_db_value(FREE.get_prep_value(("b", "a"))) == ("b", "a")


def test_codes_written_under_another_order_are_read_in_the_order_of_the_choices() -> None:
    assert DAYS.from_db_value("3 gone 1") == ("1", "3", "gone")
    assert DAYS.from_db_value("") == ()
    assert DAYS.from_db_value(None) == ()


def test_codes_unknown_code_is_refused() -> None:
    with pytest.raises(ValidationError):
        DAYS.clean(("1", "9"), None)


def test_codes_too_many_for_the_column_are_refused() -> None:
    with pytest.raises(ValidationError):
        FREE.clean(tuple(f"code-{n}" for n in range(200)), None)


def test_codes_form_field_has_no_empty_choice() -> None:
    assert [code for code, _label in DAYS.formfield().choices] == ["1", "2", "3"]


def test_times_round_trip_through_the_column_earliest_first_and_each_once() -> None:
    stored = TIMES.get_prep_value([time(17), time(8, 30), time(17)])

    assert stored == "08:30 17:00"
    assert TIMES.from_db_value(stored) == (time(8, 30), time(17))
    assert TIMES.from_db_value("") == TIMES.from_db_value(None) == ()


def test_times_of_a_day_are_at_most_six() -> None:
    assert len(TIMES.clean([time(hour) for hour in range(6)], None)) == 6
    with pytest.raises(ValidationError):
        TIMES.clean([time(hour) for hour in range(7)], None)
