"""What is left to fill in of a text. Pure."""

import re
from collections.abc import Iterator

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
REFERENCE = re.compile(r"^ {0,3}\[([^\]\n^][^\]\n]*)\]:[ \t]*\S.*$", re.MULTILINE)

_CODE = re.compile(r"(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")
_BRACKETS = re.compile(r"(?<![\\\]!])\[([^\[\]\n]{2,60})\](?![(\[:])")
_OPEN_WORDS = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|XXX+)\b|(?i:\blorem ipsum\b)|\{\{[^{}\n]{1,60}\}\}|(?<![\w_])_{4,}(?!\w)"
)
#: One of each kind below. Without any of these, or “lorem ipsum”, there is nothing to find: most texts end here.
_SIGNS = ("[", "{{", "____", "TODO", "TBD", "TBC", "FIXME", "XXX")
_NOTHING = re.compile(r"[xX]{1,3}|[?.…\-–—\s]+")


def placeholders(text: str) -> list[str]:
    """Return what is left to fill in, such as “[Name]” or “TODO”, each once.

    Links, boxes to tick, code and what is written as ``\\[Name\\]`` are none.
    """
    if not any(sign in text for sign in _SIGNS) and "lorem ipsum" not in text.lower():
        return []
    shown = "\n".join(_without_code(text))
    defined = {match[1].casefold() for match in REFERENCE.finditer(text)}
    found = [
        (match.start(), match[0])
        for match in _BRACKETS.finditer(shown)
        if match[1].casefold() not in defined
        and re.search(r"[^\W\d_]", match[1])
        and not match[1].startswith("^")
    ]
    found += [(match.start(), match[0]) for match in _OPEN_WORDS.finditer(shown)]
    return list(dict.fromkeys(words for _start, words in sorted(found)))


def says_nothing(text: str) -> bool:
    """Whether a text only holds its place: “x”, “?”, “…”; an empty one does not."""
    return bool(text.strip()) and _NOTHING.fullmatch(text.strip()) is not None


def _without_code(text: str) -> Iterator[str]:
    fence = ""
    for line in text.split("\n"):
        if fence:
            if re.fullmatch(rf" {{0,3}}{re.escape(fence)}+[ \t]*", line):
                fence = ""
        elif opened := FENCE.match(line):
            fence = opened[1]
        else:
            yield _CODE.sub(" ", line)
