"""Reading pasted lines: what is a bullet, what is text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies.paste import lines_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\nTwo", ["One", "Two"]),
        ("One\r\n\r\n  Two  \r\n", ["One", "Two"]),
        ("- One\n* Two\n• Three\n– Four", ["One", "Two", "Three", "Four"]),
        ("1. One\n2) Two\n(3) Three", ["One", "Two", "Three"]),
        ("•One", ["One"]),
        ("- [ ] One\n- [x] Two", ["One", "Two"]),
        ("----\nOne\n\u00a0\n***", ["One"]),
        ("5. klasse\n6. klasse", ["5. klasse", "6. klasse"]),
        ("1.5 million visitors\n2027 budget", ["1.5 million visitors", "2027 budget"]),
        ("-5 degrees", ["-5 degrees"]),
        ("العائلات\n🚗 drivers", ["العائلات", "🚗 drivers"]),
        ("<b>Bold</b>", ["<b>Bold</b>"]),
        ("", []),
    ],
)
def test_lines_lose_bullets_and_keep_their_text(text: str, expected: list[str]) -> None:
    assert [line.text for line in lines_of(text)] == expected


def test_lines_know_their_place_in_what_was_pasted() -> None:
    assert [line.number for line in lines_of("\nOne\n\nTwo")] == [2, 4]


WORDS = st.text(st.characters(whitelist_categories=["L"]), min_size=1, max_size=20)


@given(st.lists(WORDS, max_size=30), st.sampled_from(["", "- ", "• ", "* ", "  "]))
def test_every_word_comes_back_in_order(words: list[str], bullet: str) -> None:
    pasted = "\n\n".join(bullet + word for word in words)

    assert [line.text for line in lines_of(pasted)] == words


@given(st.lists(WORDS, min_size=1, max_size=30))
def test_a_numbered_list_loses_its_numbers_only(words: list[str]) -> None:
    pasted = "\n".join(f"{number}. {word}" for number, word in enumerate(words, start=1))

    assert [line.text for line in lines_of(pasted)] == words


@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    assert all(line.text.strip() == line.text != "" for line in lines_of(text))
