"""Cutting what people typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import cut, without_stop


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
