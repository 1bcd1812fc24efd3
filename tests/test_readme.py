"""The README's list of what is written to add something names files that are there."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)

# What the issue of adding things is about; each is a row of the list.
THINGS = (
    "a kind of row",
    "a field",
    "a check",
    "a milestone kind",
    "a network",
    "a type of notice",
    "a page",
)


def rows() -> dict[str, str]:
    """Return the list: what is added, and the whole of its row."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    _before, _heading, rest = text.partition("### To add something")
    table = [
        line for line in rest.partition("\n\nWhat is registered")[0].splitlines() if "|" in line
    ]
    return {line.split("|")[1].strip(): line for line in table[2:]}


def test_list_has_everything_that_is_often_added() -> None:
    for thing in THINGS:
        assert any(name.startswith(thing) for name in rows()), thing


def test_every_file_that_the_list_names_is_there() -> None:
    named = [path for row in rows().values() for path in re.findall(r"`([\w./]+/[\w./]*)`", row)]

    assert len(named) > 30
    assert [path for path in named if not (ROOT / path).exists()] == []
