"""Reading pasted lines: what is a bullet, what is text."""

import csv
import functools
import io
import re
import unicodedata
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies.domain.paste import lines_of


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
        ("3 % of visitors\n2 ** 3 ** 4\na**b**c", ["3 % of visitors", "2 ** 3 ** 4", "a**b**c"]),
        ("1.\tOne\n2.\tTwo", ["One", "Two"]),
        ("1. [ ] One\n2. - Two", ["One", "Two"]),
        ("[x] One\n☐ Two\n- [X] Three", ["One", "Two", "Three"]),
        ("**One** and **two**\n* **Three**\n***Four***", ["One and two", "Three", "Four"]),
        ("**1. One**\n**2.** Two", ["One", "Two"]),
        ("**Open", ["**Open"]),
        ("[Our page](https://example.org/a_(b)) in spring", ["Our page in spring"]),
        ("- [One](example.org)\nf[x](y)\n[sic] (no link)", ["One", "f[x](y)", "[sic] (no link)"]),
        ("# Goals\n## 2027\n# 1 in Oslo\n#spring", ["Goals", "2027", "# 1 in Oslo", "#spring"]),
        ("One\x00\n\u200b\n- \ufeff\nTwo\x0bThree", ["One", "Two", "Three"]),
        ("\u202eOne\u202c", ["One"]),
        ("10\u00a0000 visitors", ["10\u00a0000 visitors"]),
        ("", []),
    ],
)
def test_lines_lose_bullets_and_keep_their_text(text: str, expected: list[str]) -> None:
    assert [line.text for line in lines_of(text)] == expected


def test_the_last_cell_of_a_row_stands_by_itself() -> None:
    found = lines_of("1. Open the café\tBerit\tSeptember 2027\n2. Sing\t\n3. Dance")

    assert [(line.before, line.last_cell) for line in found] == [
        ("Open the café Berit", "September 2027"),
        ("", ""),
        ("", ""),
    ]


PASTED = """Parents\t14000
"Teachers who say ""never again""
after a bad day out"
Pensioners"""


def test_a_cell_of_several_lines_is_one_row() -> None:
    assert [(line.number, line.text) for line in lines_of(PASTED)] == [
        (1, "Parents 14000"),
        (2, 'Teachers who say "never again" after a bad day out'),
        (4, "Pensioners"),
    ]
    assert lines_of(PASTED.replace("\n", "\r\n") + "\r\n") == lines_of(PASTED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('One\n"Two\nand more"\nThree', ["One", "Two and more", "Three"]),
        ('One\t"Two\tand\nmore"\nThree', ["One Two and more", "Three"]),
        ('"5"" pipe"\nTwo', ['5" pipe', "Two"]),
        ("One\t\t2\n\t\n\tThree", ["One 2", "Three"]),
        # Quotes that a person typed.
        ('"One\nTwo\nThree', ['"One', "Two", "Three"]),
        ('"One\nTwo\nThree"', ['"One', "Two", 'Three"']),
        ('"Never again", they say\nTwo\n"Three"', ['"Never again", they say', "Two", '"Three"']),
        ('"One\nTwo" and so on\nThree', ['"One', 'Two" and so on', "Three"]),
        ('5" pipe\n6" pipe', ['5" pipe', '6" pipe']),
        ('One\n"Two\nThree', ["One", '"Two', "Three"]),
        ('"\nOne\nTwo', ['"', "One", "Two"]),
    ],
)
def test_quotes_hold_a_cell_together_only_where_a_spreadsheet_wrote_them(
    text: str, expected: list[str]
) -> None:
    assert [line.text for line in lines_of(text)] == expected


def test_lines_know_their_place_in_what_was_pasted() -> None:
    assert [line.number for line in lines_of("\nOne\n\nTwo")] == [2, 4]


WORDS = st.text(st.characters(whitelist_categories=["L"]), min_size=1, max_size=20).map(
    functools.partial(unicodedata.normalize, "NFC")
)


@given(st.lists(WORDS, max_size=30), st.sampled_from(["", "- ", "• ", "* ", "  "]))
def test_every_word_comes_back_in_order(words: list[str], bullet: str) -> None:
    pasted = "\n\n".join(bullet + word for word in words)

    assert [line.text for line in lines_of(pasted)] == words


@given(st.lists(WORDS, min_size=1, max_size=30))
def test_a_numbered_list_loses_its_numbers_only(words: list[str]) -> None:
    pasted = "\n".join(f"{number}. {word}" for number, word in enumerate(words, start=1))

    assert [line.text for line in lines_of(pasted)] == words


MARKS = ["", "- ", "* ", "• ", "•", "[ ] ", "[x] ", "- [ ] ", "\t", "“", "## "]
AROUND = ["{}", "**{}**", "[{}](https://example.org/page)", '"{}"', "{}\t", "({})"]
MARKED = st.tuples(
    st.sampled_from(MARKS), st.sampled_from(AROUND), st.lists(WORDS, min_size=1, max_size=4)
)


@given(st.lists(MARKED, min_size=1, max_size=30), st.booleans())
def test_every_word_remains_whatever_stands_around_it(
    lines: list[tuple[str, str, list[str]]], is_numbered: bool
) -> None:
    pasted = "\n".join(
        (f"{number}. " if is_numbered else "") + mark + around.format(" ".join(words))
        for number, (mark, around, words) in enumerate(lines, start=1)
    )

    found = lines_of(pasted)

    assert len(found) == len(lines)
    for line, (_mark, _around, words) in zip(found, lines, strict=True):
        assert re.sub(r'^["“(]+|["”)]+$', "", line.text).split() == words


CELLS = st.text(st.sampled_from('ab "\n\t'), max_size=8).map(lambda text: f"x{text}x")


@given(st.lists(st.lists(CELLS, min_size=1, max_size=3), min_size=2, max_size=20))
def test_every_row_of_a_spreadsheet_is_one_line(rows: list[list[str]]) -> None:
    sheet = io.StringIO()
    csv.writer(sheet, dialect="excel-tab").writerows(rows)

    found = [line.text for line in lines_of(sheet.getvalue())]

    assert found == [" ".join(" ".join(row).split()) for row in rows]


@given(st.lists(st.text(st.sampled_from('ab" ,.'), max_size=8), max_size=30))
def test_stray_quotes_swallow_nothing(words: list[str]) -> None:
    lines = [f"x{word}x" for word in words]

    assert len(lines_of("\n".join(lines))) == len(lines)


def test_quotes_that_never_close_are_read_in_no_time() -> None:
    for line in ('"', '"a', 'a\t"b', '""', '"""'):
        text = (line + "\n") * (120_000 // (len(line) + 1))
        began = perf_counter()
        lines_of(text)
        assert perf_counter() - began < 5


@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    assert all(line.text.strip() == line.text != "" for line in lines_of(text))
