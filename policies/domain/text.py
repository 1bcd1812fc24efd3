"""The text of a policy: its clauses, what is left to fill in, and texts read from files. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.placeholders import FENCE, REFERENCE
from core.text_input import clean_line, clean_text

LONGEST = 200_000  # characters: about 60 pages
FILE_AT_MOST = 1_000_000  # bytes
WORDS_A_MINUTE = 200
SIGNS_A_MINUTE = 400  # of Chinese, Japanese and Korean, which have no blanks between words

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_NO_PARAGRAPH = re.compile(r" {0,3}(?:[>|]|[-*+][ \t]|\d+[.)][ \t])|\t| {4}")
_NAME = re.compile(r"\[([^\[\]]+)\]")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title[ \t]*:[ \t]*(.+)$", re.MULTILINE)
_WORD = re.compile(r"\w+")
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class UnreadableFile(Exception):
    """The file is no text that can be read."""


@dataclass(frozen=True)
class Clause:
    """A section of a policy. ``title`` is empty for what stands before the first heading.

    ``text`` is Markdown without the heading.
    """

    number: int
    title: str
    text: str

    @property
    def anchor(self) -> str:
        return f"clause-{self.number}"


@dataclass(frozen=True)
class _Heading:
    first: int  # its line
    after: int  # the line behind it
    level: int
    title: str


def clauses_of(text: str) -> list[Clause]:
    """Return the sections of a text in their order.

    A clause begins at each heading of the highest level; where only one heading has that level and
    others follow, it is the title of the whole, and clauses begin one level below.
    """
    lines = text.split("\n")
    headings = list(_headings(lines))
    level = _clause_level(headings)
    starts = [heading for heading in headings if heading.level <= level]
    clauses = []
    before = "\n".join(lines[: starts[0].first] if starts else lines).strip()
    if before:
        clauses.append(Clause(0, "", before))
    for number, heading in enumerate(starts, start=1):
        end = starts[number].first if number < len(starts) else len(lines)
        body = "\n".join(lines[heading.after : end]).strip()
        clauses.append(Clause(number, heading.title, body))
    return clauses


def empty_sections(text: str) -> list[str]:
    """Return the titles of sections with nothing beneath them, not even a smaller heading."""
    lines = text.split("\n")
    headings = list(_headings(lines))
    found = []
    for place, heading in enumerate(headings):
        following = headings[place + 1] if place + 1 < len(headings) else None
        body = lines[heading.after : following.first if following else len(lines)]
        has_parts = following is not None and following.level > heading.level
        if not has_parts and not "".join(body).strip():
            found.append(heading.title)
    return found


def references(text: str) -> dict[str, str]:
    """Return the lines that give the addresses of links by name: name → line."""
    return {match[1].casefold(): match[0] for match in REFERENCE.finditer(text)}


def with_references(text: str, known: Mapping[str, str]) -> str:
    """Return a clause with the addresses that its links refer to, to be shown by itself."""
    named = dict.fromkeys(match[1].casefold() for match in _NAME.finditer(text))
    lines = [known[name] for name in named if name in known and known[name] not in text]
    return "\n".join([text, "", *lines]) if lines else text


def flowing(text: str) -> str:
    """Return ``text`` with each plain paragraph on one line: where it was broken says nothing."""
    joined: list[str] = []
    fence, may_join = "", False
    for line in text.split("\n"):
        opened = FENCE.match(line)
        is_plain = not (fence or opened or _NO_PARAGRAPH.match(line) or _HEADING.fullmatch(line))
        is_plain = is_plain and bool(line.strip()) and not _UNDERLINE.fullmatch(line)
        if is_plain and may_join:
            joined[-1] = f"{joined[-1].rstrip()} {line.strip()}"
        else:
            joined.append(line)
        may_join = is_plain and not line.endswith(("  ", "\\"))
        if opened and not fence:
            fence = opened[1]
        elif fence and re.fullmatch(rf" {{0,3}}{re.escape(fence)}+[ \t]*", line):
            fence = ""
    return "\n".join(joined)


def minutes_to_read(text: str) -> int:
    """Return about how long reading takes, at least one minute."""
    signs = len(_EAST_ASIAN.findall(text))
    words = len(_WORD.findall(_EAST_ASIAN.sub(" ", text)))
    return max(1, round(words / WORDS_A_MINUTE + signs / SIGNS_A_MINUTE))


def read_file(content: bytes) -> tuple[str, str]:
    """Return title (may be empty) and text of a Markdown or text file; raise UnreadableFile.

    Front matter is kept as text that is shown as it is; nothing in the file is carried out. Without
    it a first heading above all others is the title, and no part of the text.
    """
    try:
        text = content.decode(
            "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
        )
    except UnicodeDecodeError as error:
        raise UnreadableFile from error
    if "\x00" in text:
        raise UnreadableFile
    text = clean_text(text)
    title = ""
    if front := _FRONT_MATTER.match(text):
        if named := _TITLE.search(front[1]):
            title = clean_line(named[1]).strip().strip("\"'")
        longest = max(map(len, re.findall(r"`+", front[1])), default=0)
        fence = "`" * max(3, longest + 1)
        text = f"{fence}\n{front[1]}\n{fence}\n\n{text[front.end() :].lstrip()}"
    if not title:
        lines = text.strip().split("\n")
        headings = list(_headings(lines))
        title = headings[0].title if headings else ""
        if headings and headings[0].first == 0 and _is_above_all(headings):
            text = "\n".join(lines[headings[0].after :])
    return title, text.strip()


def _is_above_all(headings: list[_Heading]) -> bool:
    """Whether the first heading is the title of the whole: all others are smaller."""
    return all(one.level > headings[0].level for one in headings[1:])


def _clause_level(headings: list[_Heading]) -> int:
    levels = sorted({heading.level for heading in headings})
    if not levels:
        return 0
    tops = sum(heading.level == levels[0] for heading in headings)
    return levels[1] if tops == 1 and len(levels) > 1 else levels[0]


def _headings(lines: list[str]) -> Iterator[_Heading]:
    """Yield the headings outside of code, also those written with a line beneath them."""
    fence = ""
    for place, line in enumerate(lines):
        if fence:
            if line.strip() == fence or re.fullmatch(rf" {{0,3}}{re.escape(fence)}+[ \t]*", line):
                fence = ""
        elif opened := FENCE.match(line):
            fence = opened[1]
        elif found := _HEADING.fullmatch(line):
            yield _Heading(place, place + 1, len(found[1]), (found[2] or "").strip())
        elif place and (under := _UNDERLINE.fullmatch(line)) and _is_title(lines, place - 1):
            level = 1 if under[1][0] == "=" else 2
            yield _Heading(place - 1, place + 1, level, lines[place - 1].strip())


def _is_title(lines: list[str], place: int) -> bool:
    """Whether a line that has a line of signs beneath it is a heading: it stands by itself."""
    line = lines[place]
    alone = place == 0 or not lines[place - 1].strip()
    is_other = _NO_PARAGRAPH.match(line) or _HEADING.fullmatch(line) or FENCE.match(line)
    return bool(line.strip()) and alone and not is_other
