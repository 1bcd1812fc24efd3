"""The access register as a table: reading the lines of a file, and writing them. No database.

A file may be UTF-8, UTF-16 or what Windows calls ANSI, parted by commas, semicolons or tabs, as
spreadsheets save and paste it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import Refusal
from core.spreadsheet import csv_text, plain_cell
from core.text_input import clean_line

BYTES_AT_MOST = 5 * 1024 * 1024
LINES_AT_MOST = 20_000
LONGEST_CELL = 2_000

#: code → the heading, in the order in which they are written
COLUMNS: dict[str, "str | Promise"] = {
    "channel": gettext_lazy("Channel"),
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("Email"),
    "company": gettext_lazy("Company"),
    "level": gettext_lazy("Level"),
    "login": gettext_lazy("Login"),
    "two_factor": gettext_lazy("Two-factor"),
    "password_place": gettext_lazy("Where the password is kept"),
    "holds_recovery_email": gettext_lazy("Holds the recovery email"),
    "holds_recovery_phone": gettext_lazy("Holds the recovery phone"),
    "starts_on": gettext_lazy("From"),
    "ends_on": gettext_lazy("Until"),
    "confirmed_on": gettext_lazy("Last confirmed"),
}
NEEDED = ("channel", "level")
ONE_OF = ("name", "email")


class _CsvReader(Protocol):
    """What ``csv.reader`` returns."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True)
class TableLine:
    """One line of a file: its number as an editor counts, and its cells by the column's code."""

    number: int
    cells: Mapping[str, str]
    has_too_many: bool = False


@dataclass(frozen=True)
class Table:
    """What a file holds; ``unread`` are headings that mean nothing here."""

    columns: tuple[str, ...]
    lines: list[TableLine]
    unread: list[str]


def decoded(content: bytes) -> str:
    """Return the text of a file, or raise Refusal."""
    if len(content) > BYTES_AT_MOST:
        raise Refusal(_("The file is larger than 5 MB. Split it, or leave out columns."))
    starts_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if starts_utf16 else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refusal(_("This is not a table as text. In the spreadsheet, save it as CSV UTF-8."))


def read_table(text: str) -> Table:
    """Read the lines of a table, or raise Refusal for what is no table of accesses at all."""
    text = text.removeprefix("\ufeff")
    head, _end, _rest = text.lstrip().partition("\n")
    parted_by = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parted_by)
    try:
        rows = list(_numbered(reader))
    except csv.Error as error:
        words = {"line": reader.line_num}
        raise Refusal(
            _("Line %(line)d cannot be read: look for a quotation mark that is not closed.") % words
        ) from error
    if not rows:
        raise Refusal(_("There is nothing in it. Its first line names the columns."))
    _number, headings = rows[0]
    columns, unread = _columns_of(headings)
    lines = [
        TableLine(
            number,
            {
                code: clean_line(plain_cell(cell)).strip()[:LONGEST_CELL]
                for code, cell in zip(columns, cells, strict=False)
                if code
            },
            has_too_many=any(cell.strip() for cell in cells[len(columns) :]),
        )
        for number, cells in rows[1:]
    ]
    if len(lines) > LINES_AT_MOST:
        raise Refusal(_("These are more than 20,000 lines. Split the file."))
    if not lines:
        raise Refusal(_("There is only the line with the headings. Add a line for each access."))
    return Table(tuple(code for code in columns if code), lines, unread)


def _numbered(reader: _CsvReader) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold something, with the number of the line each begins on."""
    begins = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = reader.line_num + 1


def _columns_of(headings: list[str]) -> tuple[list[str], list[str]]:
    """Return the code of each heading (empty for none of ours), and those that mean nothing."""
    known = {_plain(code): code for code in COLUMNS}
    known |= {_plain(str(label)): code for code, label in COLUMNS.items()}
    columns: list[str] = []
    unread = []
    for heading in headings:
        code = known.get(_plain(heading), "")
        if code in columns and code:
            words = {"column": COLUMNS[code]}
            raise Refusal(_("The column “%(column)s” is there twice. Keep one.") % words)
        columns.append(code)
        if not code and heading.strip():
            unread.append(clean_line(heading).strip()[:60])
    missing = [code for code in NEEDED if code not in columns]
    if not missing and not set(ONE_OF) & set(columns):
        missing = list(ONE_OF[:1])
    if missing:
        labels = ", ".join(f"“{COLUMNS[code]}”" for code in missing)
        raise Refusal(
            _(
                "The first line must name the columns, and it does not name %(columns)s. "
                "Export the register once to see how it looks."
            )
            % {"columns": labels}
        )
    return columns, unread


def _plain(heading: str) -> str:
    """Return a heading as it is compared: its letters only."""
    return "".join(filter(str.isalnum, clean_line(heading).casefold()))


def write_table(lines: Iterable[Mapping[str, object]]) -> str:
    """Return the lines as a CSV that ``read_table`` reads."""
    rows: list[list[object]] = [list(COLUMNS.values())]
    rows += [[line[code] for code in COLUMNS] for line in lines]
    return csv_text(rows)
