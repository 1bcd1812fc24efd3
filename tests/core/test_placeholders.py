"""What is left to fill in of a text."""

import pytest

from core.placeholders import placeholders


@pytest.mark.parametrize(
    "words",
    ["TODO", "TBD", "TBC", "FIXME", "XXX", "XXXXX", "Lorem IPSUM", "{{ name }}", "____", "[Name]"],
)
def test_each_way_to_leave_something_open_is_found_alone(words: str) -> None:
    assert placeholders(f"Write {words} here.") == [words]


def test_text_that_leaves_nothing_open_has_none() -> None:
    assert placeholders("Open every day, 10 to 17.") == []
