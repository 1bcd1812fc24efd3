"""The text of a policy: clauses, what is left to fill in, and files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.placeholders import placeholders
from policies.domain.text import (
    UnreadableFile,
    clauses_of,
    empty_sections,
    flowing,
    minutes_to_read,
    read_file,
    references,
    with_references,
)
from policies.starters import POLICY_STARTERS


def titles(text: str) -> list[str]:
    return [clause.title for clause in clauses_of(text)]


def test_clauses_begin_at_the_highest_heading() -> None:
    assert titles("First.\n\n## A\n\na\n\n### Part\n\n## B") == ["", "A", "B"]


def test_one_heading_above_all_others_is_the_title_of_the_whole() -> None:
    assert titles("# Policy\n\nAll.\n\n## A\n\n## B") == ["Policy", "A", "B"]


def test_headings_with_a_line_beneath_count_and_those_in_code_do_not() -> None:
    assert titles("A\n=\n\n```\n# no\n```\n\nB\n=") == ["A", "B"]
    assert titles("~~~\n# no\n```\n# no\n~~~\n\n# Yes") == ["", "Yes"]
    assert titles("Two lines\nof text\n---\n") == [""]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ask [Name] or [name of the manager].", ["[Name]", "[name of the manager]"]),
        ("TODO: write. TBD", ["TODO", "TBD"]),
        ("Call ______ now", ["______"]),
        ("{{ company }} says", ["{{ company }}"]),
        ("Lorem ipsum dolor", ["Lorem ipsum"]),
        ("[Name] and [Name]", ["[Name]"]),
        ("聯絡 [姓名]", ["[姓名]"]),
        ("פנו אל [שם]", ["[שם]"]),
    ],
)
def test_placeholder_is_found(text: str, found: list[str]) -> None:
    assert placeholders(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "[here](https://example.org)",
        "[here][ref] and [ref]\n\n[ref]: https://example.org",
        "- [ ] open\n- [x] done",
        "`[Name]` and\n\n```\nTODO\n```",
        r"\[Name\]",
        "see [1] and [^2]",
        "Todos, a to-do list, XXL, snake_case__name",
    ],
)
def test_what_is_no_placeholder_is_left_alone(text: str) -> None:
    assert placeholders(text) == []


def test_empty_sections_are_those_with_neither_text_nor_parts() -> None:
    assert empty_sections("# A\n\n## B\n\ntext\n\n## C\n\n# D\n") == ["C", "D"]


def test_reading_time_counts_words_and_signs() -> None:
    assert minutes_to_read("word " * 800) == 4
    assert minutes_to_read("漢" * 1200) == 3
    assert minutes_to_read("") == 1


def test_file_with_front_matter_shows_it_as_text() -> None:
    title, text = read_file(b'---\ntitle: "Social"\nx: ``` \n---\n# A\r\n{{< note >}}\r\n')

    assert title == "Social"
    assert text.startswith("````\ntitle:")
    assert text.endswith("# A\n{{< note >}}")


def test_file_without_front_matter_has_its_first_heading_as_title() -> None:
    assert read_file("# Leitlinie für alle\n\nText".encode("utf-16"))[0] == "Leitlinie für alle"


def test_file_whose_first_heading_is_above_all_others_does_not_repeat_it() -> None:
    assert read_file(b"# Policy\n\n## A\n\na") == ("Policy", "## A\n\na")
    assert read_file(b"# A\n\n# B") == ("A", "# A\n\n# B")
    assert read_file(b"Intro\n\n# A") == ("A", "Intro\n\n# A")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"%PDF\x00\xe2\xe3", b"caf\xe9"])
def test_file_that_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_file(content)


def test_lines_of_a_paragraph_flow_and_lists_code_and_hard_breaks_stay() -> None:
    text = "One\ntwo.\n\n- a\n- b\n\n```\nx\ny\n```\nhard  \nbreak\n\n| a |\n| b |\n# C\nc"

    assert flowing(text) == (
        "One two.\n\n- a\n- b\n\n```\nx\ny\n```\nhard  \nbreak\n\n| a |\n| b |\n# C\nc"
    )


def test_clause_by_itself_has_the_addresses_that_it_names() -> None:
    known = references("[Here]: https://a.example\n[other]: https://b.example")

    assert with_references("See [here] and [this][nowhere].", known) == (
        "See [here] and [this][nowhere].\n\n[Here]: https://a.example"
    )
    assert with_references("Nothing.", known) == "Nothing."


@pytest.mark.parametrize("code", POLICY_STARTERS)
def test_starter_is_complete_and_names_what_to_fill_in(code: str) -> None:
    starter = POLICY_STARTERS[code]

    assert placeholders(starter.text)
    assert empty_sections(starter.text) == []
    assert titles(starter.text) == [str(title) for title, _body in starter.clauses]


@given(st.lists(st.sampled_from(["# A", "## B", "text", "", "```", "A\n=", "[x]: y", "    # c"])))
def test_clauses_hold_every_line_of_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)

    shown = "\n".join(f"{clause.title}\n{clause.text}" for clause in clauses_of(text))
    assert shown.count("text") == text.count("text")
