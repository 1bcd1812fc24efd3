"""Cutting and quoting what people typed, and writing numbers."""

import re
from decimal import Decimal

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core.enums import Weekday
from core.text import (
    after_first_line,
    cut,
    days_text,
    first_line,
    inside_quotes,
    isolated,
    number_text,
    web_link,
    without_stop,
    work_text,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("Families", "Families"),
        ("Families!", "Familie…"),
        ("Family members", "Family…"),
        ("In a house", "In a…"),
        ("I remember", "I remem…"),
        ("Famili\u0065\u0301s", "Famili…"),
    ],
)
def test_cut_keeps_what_fits_and_never_parts_a_letter(text: str, shown: str) -> None:
    assert cut(text, 8) == shown


@given(st.text(), st.integers(min_value=1, max_value=20))
def test_cut_is_short_enough_and_a_beginning(text: str, longest: int) -> None:
    shown = cut(text, longest)

    assert len(shown) <= longest
    assert shown == text or text.startswith(shown.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("storytelling.", "storytelling"),
        ("Who are they?", "Who are they"),
        ("Also: ", "Also"),
        ("Grow by 20 %", "Grow by 20 %"),
        ("Instagram: @fjordlys", "Instagram: @fjordlys"),
        ("???", "???"),
        ("", ""),
    ],
)
def test_without_stop_drops_what_ends_a_sentence_and_never_all(text: str, shown: str) -> None:
    assert without_stop(text) == shown


def test_marks_inside_of_quotation_marks_are_single() -> None:
    assert inside_quotes("Be ready for “Letter to schools”") == "Be ready for ‘Letter to schools’"
    assert inside_quotes("„Brev“ and it’s done") == "‚Brev‘ and it’s done"


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("12.50"), "12.5"), (Decimal("100.00"), "100"), (14000, "14,000"), (0, "0")],
)
def test_number_has_no_noughts_behind_the_point(value: int | Decimal, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("text", "first", "rest"),
    [
        ("One\nTwo\nThree", "One", "Two\nThree"),
        ("\n  One  \r\n\r\n Two", "One", "Two"),
        ("\u200b\n\u2800\nOne\nTwo", "One", "Two"),
        ("\u202eOne\nTwo", "One", "Two"),
        ("\u200b\n\ufeff", "", ""),
        ("", "", ""),
    ],
)
def test_a_text_is_called_by_the_first_line_that_shows_something(
    text: str, first: str, rest: str
) -> None:
    assert first_line(text) == first
    assert after_first_line(text) == rest


def test_cut_leaves_no_half_of_a_family() -> None:
    assert cut("ab 👨\u200d👩\u200d👧 and more", 6) == "ab…"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kari", "Kari"),
        ("أحمد 3", "\u2068أحمد 3\u2069"),
        ("\u202eevil", "evil"),
        ("\u2069أحمد\u2066", "\u2068أحمد\u2069"),
    ],
)
def test_a_name_that_runs_the_other_way_is_isolated(name: str, expected: str) -> None:
    assert isolated(name) == expected


def test_on_a_page_from_right_to_left_every_name_is_isolated() -> None:
    with override("ar"):
        assert isolated("C++") == "\u2068C++\u2069"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "//elsewhere.example/",
        "http:elsewhere",
        "https:///",
        "ftp://elsewhere.example/",
        "",
    ],
)
def test_web_link_leads_nowhere_but_to_the_web(address: str) -> None:
    assert web_link(address) == ""


@pytest.mark.parametrize(
    "address", ["https://x.example/a?b=c#d", "HTTP://x.example", "http://[::1]/"]
)
def test_web_link_keeps_an_address_of_the_web(address: str) -> None:
    assert web_link(address) == address


def test_templates_link_to_typed_addresses_by_web_link_only() -> None:
    typed = {
        field.name
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.URLField)
    }
    assert typed == {"address", "landing_page", "published_address"}

    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        links = re.findall(
            r'(?:href|src)="{{ *([\w.]+(?:(?:\.|_)address|landing_page)\S*)', path.read_text()
        )
        assert all(link.endswith("|web_link") for link in links), path


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal(0), "0 min"),
        (Decimal("59.6"), "1 h"),
        (Decimal(60), "1 h"),
        (Decimal(580), "9 h 40 min"),
        (Decimal(5), "5 min"),
    ],
)
def test_work_is_written_in_hours_and_minutes(value: Decimal, text: str) -> None:
    assert work_text(value) == text


def test_days_are_listed_unless_it_is_all_of_them() -> None:
    assert days_text([Weekday.MON, Weekday.THU]) == "Mon, Thu"
    assert days_text(Weekday.values) == "every day"
    assert days_text([]) == ""
