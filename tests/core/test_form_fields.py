"""Days, times and numbers as people type them: read in the one way there is, or asked."""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from core.form_fields import (
    ClockField,
    ClockTimesField,
    DayField,
    DecimalNumberField,
    WebAddressField,
    WholeNumberField,
)
from strategies.domain.questionnaire import KINDS
from strategies.forms.rows import row_form

GUESSING = (
    forms.DateField,
    forms.TimeField,
    forms.DateTimeField,
    forms.SplitDateTimeField,
    forms.DurationField,
    forms.IntegerField,
    forms.DecimalField,
    forms.FloatField,
    forms.URLField,  # keeps a password that stands in an address
)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("12", time(12)),
        ("18", time(18)),
        ("8", time(8)),
        ("0", time(0)),
        ("8.30", time(8, 30)),
        ("18:05", time(18, 5)),
        ("1830", time(18, 30)),
        ("0830", time(8, 30)),
        ("830", time(8, 30)),
        (" 08:30:00 ", time(8, 30)),
        ("08:30:00.000", time(8, 30)),
    ],
)
def test_clock_is_read_as_people_write_it(text: str, clock: time) -> None:
    assert ClockField().clean(text) == clock


@pytest.mark.parametrize("text", ["102", "130", "8.3", "8:3", "18.5"])
def test_clock_that_can_be_read_in_two_ways_is_asked(text: str) -> None:
    with pytest.raises(ValidationError, match=r"read in two ways.*for example 08:30"):
        ClockField().clean(text)


@pytest.mark.parametrize(
    "text", ["99", "24", "24:00", "2460", "960", "-8", "8 30", "8:300", "noon"]
)
def test_clock_that_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        ClockField().clean(text)

    assert refusal.value.code == "invalid"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-02-01", date(2027, 2, 1)),
        ("2027/2/1", date(2027, 2, 1)),
        ("01.02.2027", date(2027, 2, 1)),
        ("1. 2. 2027", date(2027, 2, 1)),
        ("24/11/2026", date(2026, 11, 24)),
        ("11/24/2026", date(2026, 11, 24)),
        ("24-11-2026", date(2026, 11, 24)),
        ("05/05/2027", date(2027, 5, 5)),
    ],
)
def test_day_is_read_as_people_write_it(text: str, day: date) -> None:
    assert DayField().clean(text) == day


@pytest.mark.parametrize("text", ["01/02/2027", "02/01/2027", "1-2-2027"])
def test_day_that_can_be_read_in_two_ways_is_asked(text: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        DayField().clean(text)

    assert refusal.value.messages == [
        "This can be read in two ways. Write 2027-01-02 or 2027-02-01, whichever you mean."
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("30/30/2027", "invalid"),
        ("2027-02-30", "invalid"),
        ("01/02/27", "invalid"),
        ("20270201", "invalid"),
        ("2027-02/01", "invalid"),
        ("soon", "invalid"),
        ("20226-01-01", "range"),
        ("0001-01-01", "range"),
        ("2101-01-01", "range"),
    ],
)
def test_day_that_is_none_is_refused(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        DayField().clean(text)

    assert refusal.value.code == code


@pytest.mark.parametrize("field", [WholeNumberField, DecimalNumberField, DayField, ClockField])
@pytest.mark.parametrize("length", [31, 4_300, 4_301, 100_000])
def test_numbers_without_end_are_refused_with_a_sentence(
    field: type[forms.Field], length: int
) -> None:
    with pytest.raises(ValidationError):
        field().clean("9" * length)


def test_whole_number_that_no_column_holds_is_refused_where_the_form_names_no_highest() -> None:
    with pytest.raises(ValidationError, match="or less"):
        WholeNumberField().clean("9" * 20)


def _own_forms() -> Iterator[type[Any]]:
    """Every form class of the product, those of the questionnaire's rows among them."""
    for app in settings.LOCAL_APPS:
        package = importlib.import_module(app)
        for module in pkgutil.walk_packages(package.__path__, f"{app}."):
            if ".migrations." not in module.name:
                importlib.import_module(module.name)
    for kind in KINDS.values():
        yield row_form(kind)
    found = [forms.BaseForm]
    while found:
        form = found.pop()
        found += form.__subclasses__()
        if form.__module__.partition(".")[0] in settings.LOCAL_APPS:
            yield form


def test_no_form_takes_a_field_of_django_where_ours_knows_better() -> None:
    fields = {
        f"{form.__module__}.{form.__qualname__}.{name}": field
        for form in _own_forms()
        for name, field in getattr(form, "base_fields", {}).items()
    }

    assert any(isinstance(field, DayField) for field in fields.values())
    assert [name for name, field in fields.items() if type(field) in GUESSING] == []


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("", ()),
        ("17", (time(17),)),
        ("08:00, 12:30 and 17", (time(8), time(12, 30), time(17))),
        ("17; 8.30 & 1230", (time(8, 30), time(12, 30), time(17))),
        ("8 12\n17", (time(8), time(12), time(17))),
        ("8, 08:00", (time(8),)),
        ("0, 4, 8, 12, 16, 20", tuple(time(hour) for hour in range(0, 24, 4))),
    ],
)
def test_several_times_are_read_as_people_write_them(text: str, times: tuple[time, ...]) -> None:
    field = ClockTimesField(required=False)

    assert field.clean(text) == times
    assert field.clean(field.prepare_value(times)) == times


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("8 30", "one after the other"),
        ("17-20", "one after the other"),
        ("noon", "one after the other"),
        ("8, 102", "read in two ways"),
        ("1 2 3 4 5 6 7", "6 times or fewer"),
        ("8, " * 100, "one after the other"),
    ],
)
def test_several_times_that_cannot_be_read_are_refused(text: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        ClockTimesField(required=False).clean(text)


@pytest.mark.parametrize(
    "address",
    [
        "https://kari:secret@example.org/x",
        "HTTPS://kari:@example.org",
        "https://token@example.org",
        "https://:secret@example.org:8443/?a=b",
    ],
)
def test_address_with_a_password_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="Leave the name and password out") as caught:
        WebAddressField().clean(address)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("example.org/@kari", "https://example.org/@kari"),
        ("https://example.org/?mail=kari@example.org",) * 2,
        ("https://example.org/#a:b@c",) * 2,
    ],
)
def test_sign_behind_the_host_is_no_password(typed: str, address: str) -> None:
    assert WebAddressField().clean(typed) == address


@pytest.mark.parametrize(
    "address", ["kari:secret@example.org", "https://a:b\\@example.org", "https://[x@y"]
)
def test_what_hides_a_password_is_no_address(address: str) -> None:
    with pytest.raises(ValidationError):
        WebAddressField().clean(address)
