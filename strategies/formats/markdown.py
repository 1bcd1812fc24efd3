"""Markdown: for wikis and repositories. What people typed is never read as Markdown or HTML."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.text import one_line
from strategies.formats.registry import PaperFormat, register
from strategies.presentation.paper import Block, Heading, Listing, Paper, Paragraph, blocks_of

# Backslashes where every dialect knows them, references to characters for the rest.
_ANYWHERE = str.maketrans(
    {
        **{letter: f"\\{letter}" for letter in "\\`*_[]{}"},
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        "|": "&#124;",
        "~": "&#126;",
        "$": "&#36;",
    }
)
_AT_START = re.compile(r"^([#+\-])", re.MULTILINE)
_RULE_AT_START = re.compile(r"^=", re.MULTILINE)
_NUMBER_AT_START = re.compile(r"^(\d+)([.)])", re.MULTILINE)


def escaped(text: str) -> str:
    """Return ``text`` so that it is shown as it is; the blanks that begin a line are left out."""
    lines = "\n".join(line.strip() for line in text.split("\n"))
    lines = lines.translate(_ANYWHERE)
    lines = _RULE_AT_START.sub("&#61;", lines)
    lines = _NUMBER_AT_START.sub(_number_escaped, lines)
    return _AT_START.sub(r"\\\1", lines)


def _number_escaped(match: re.Match[str]) -> str:
    sign = r"\." if match[2] == "." else "&#41;"
    return f"{match[1]}{sign}"


def write(paper: Paper) -> bytes:
    """Write the paper as Markdown."""
    text = "\n\n".join("\n".join(_lines(block)) for block in blocks_of(paper))
    return f"{text}\n".encode()


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * level} {escaped(one_line(str(text)))}"
        case Paragraph(text, label):
            yield _paragraph(text, escaped(one_line(str(label)).rstrip(":")))
        case Listing(items, is_numbered):
            for number, item in enumerate(items, start=1):
                mark = f"{number}." if is_numbered else "-"
                yield f"{mark} {escaped(one_line(item))}"


def _paragraph(text: str, label: str) -> str:
    paragraphs = re.split(r"\n\s*\n", escaped(text.strip()))
    written = "\n\n".join(paragraph.replace("\n", "  \n") for paragraph in paragraphs)
    if not label:
        return written
    mark = "" if label.endswith("?") else ":"
    return f"**{label}{mark}** {written}".rstrip()


register(
    PaperFormat(
        code="markdown",
        label=_("Markdown"),
        ending="md",
        content_type="text/markdown; charset=utf-8",
        place=3,
        write=write,
    )
)
