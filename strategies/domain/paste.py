"""Several pasted lines become several rows: pure reading of what was pasted."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.text import one_line
from core.text_input import clean_line, clean_text

AT_MOST = 200

_BULLET = re.compile(r"^(?:[*•‣◦▪·●○–—-]\s+|[•‣◦▪●○☐☑☒]\s*|\[[ xX]?\]\s+)+(?=\S)")
# A space must follow: “1.5 million visitors” is text.
_NUMBER = re.compile(r"^\(?(\d{1,3})[.)]\s+(?=\S)")
_RULER = re.compile(r"[\s*•‣◦▪·●○_=–—-]*")
_HEADING = re.compile(r"^(?:#{2,6}\s+(?=\S)|#\s+(?=[^\s\d]))")  # “# 1 in Oslo” is text
_BOLD = re.compile(r"(?<![\w*])(\*{2,3})(?=[^\s*])(.*?[^\s*])\1(?![\w*])")
_LINK = re.compile(r"(?<!\w)!?\[([^\[\]]+)\]\((?:[^\s()]|\([^\s()]*\))+\)")
_OPENS_CELL = re.compile(r'(?:^|\t)"')


@dataclass(frozen=True)
class PastedLine:
    """One line: ``number`` is its place in what was pasted, from 1.

    ``last_cell`` is the last of several cells of a spreadsheet, and ``before`` the text of the others.
    """

    number: int
    text: str
    last_cell: str = ""
    before: str = ""


def without_bullet(line: str) -> str:
    """Return a line without the bullet that somebody typed before it."""
    return _BULLET.sub("", line.lstrip(), count=1)


def lines_of(text: str) -> list[PastedLine]:
    """Return the lines that hold something, without the marks of a list and outer spaces.

    A row of a spreadsheet is one line: its cells stand one after the other, parted by a blank, and
    so do the lines of a cell. Of Markdown the bullets, boxes, ``# ``, ``**bold**`` and the address
    of ``[text](address)`` are taken away. Numbers are taken away only from a list that begins with
    1: “5. klasse” is a name.
    """
    found = []
    for number, cells in _rows(clean_text(text)):
        clean = _plain(cells)
        if not _RULER.fullmatch(clean):
            last = _plain(cells[-1:]) if len(cells) > 1 else ""
            found.append(PastedLine(number, clean, last, _plain(cells[:-1])))
    numbers = [match[1] for line in found if (match := _NUMBER.match(line.text))]
    if numbers[:1] in (["1"], ["01"]):
        found = [
            replace(line, text=_without_number(line.text), before=_without_number(line.before))
            for line in found
        ]
    return [line for line in found if clean_line(line.text)]


def _without_marks(line: str) -> str:
    line = _LINK.sub(r"\1", _BOLD.sub(r"\2", line))
    return _HEADING.sub("", without_bullet(line)).strip()


def _without_number(line: str) -> str:
    return _without_marks(_NUMBER.sub("", line, count=1))


def _plain(cells: Sequence[str]) -> str:
    """The cells one after the other, parted by a blank, without marks."""
    return _without_marks(one_line(clean_line(" ".join(cells))))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each row with the number of its first line."""
    lines = text.rstrip().split("\n")
    at = 0
    while at < len(lines):
        cells, taken = _cells(lines, at)
        yield at + 1, [cell for part in cells for cell in part.rstrip("\t").split("\t")]
        at += taken


def _cells(lines: Sequence[str], at: int) -> tuple[Sequence[str], int]:
    """Return the cells of the row that begins in line ``at``, and how many lines it takes.

    A spreadsheet puts a cell in quotes when a line break, a tab or a quote stands in it, and doubles
    the quotes in it. Quotes that were not written so belong to the text: somebody typed them.
    """
    as_typed = [lines[at]], 1
    if not _OPENS_CELL.search(lines[at]):
        return as_typed
    following = (f"{lines[place]}\n" for place in range(at, len(lines)))
    reader = csv.reader(following, delimiter="\t", strict=True)
    try:
        cells = next(reader)
    except csv.Error:
        return as_typed
    taken = reader.line_num
    if any('""' in line for line in lines[at : at + taken]) or any("\t" in cell for cell in cells):
        return cells, taken
    is_all = len(cells) == 1 and at + taken == len(lines) and not any(lines[:at])
    return as_typed if taken == 1 or is_all else (cells, taken)
