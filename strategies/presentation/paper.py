"""A strategy as something to be handed on: what every format writes, in the order it is read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext

from core.templatetags.ui_tags import day, when
from core.text import LIST_SEPARATOR, cut, isolated, one_line, percent_text, without_stop
from strategies.domain.answers import Answers
from strategies.enums import VersionState
from strategies.models import StrategyVersion
from strategies.presentation.document import Chapter, DocumentEntry, DocumentPart, document_of
from strategies.presentation.sheet import SheetPart, sheet_of
from strategies.presentation.summary import mix_words
from workspaces.models import Workspace

LONGEST_REASON = 200  # characters; the review page has all of it


@dataclass(frozen=True)
class Paper:
    """``notes`` say what it is: version, who approved it. Without ``chapters`` it is one sheet.

    ``mix`` are name and percent of each part of the mix.
    """

    title: str
    workspace: str
    notes: tuple[str, ...]
    sheet: tuple[SheetPart, ...]
    chapters: tuple[Chapter, ...] = ()
    mix: tuple[tuple[str, int], ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was answered in any question."""
        return all(chapter.is_silent for chapter in self.chapters)

    @property
    def mix_text(self) -> str:
        """The mix in words, empty where none is chosen."""
        said = (
            gettext("%(category)s %(percent)s")
            % {"category": name, "percent": percent_text(percent)}
            for name, percent in self.mix
        )
        text = LIST_SEPARATOR.join(said)
        return f"{text}." if text else ""


def paper_of(
    answers: Answers, *, workspace: Workspace, notes: tuple[str, ...], is_sheet: bool = False
) -> Paper:
    """Return the answers as a document, or as the one sheet alone."""
    return Paper(
        title=answers.name,
        workspace=workspace.name,
        notes=notes,
        sheet=tuple(sheet_of(answers)),
        chapters=() if is_sheet else tuple(document_of(answers)),
        mix=tuple(mix_words(answers)),
    )


def notes_on_now(now: datetime, *, workspace: Workspace, is_changed: bool) -> tuple[str, ...]:
    """Say that these are the working answers; ``is_changed`` since others were approved."""
    note = gettext("The answers as they are now, %(moment)s.") % {"moment": when(now, workspace)}
    return (f"{note} {gettext('Not what was approved.')}" if is_changed else note,)


def notes_on(version: StrategyVersion, *, workspace: Workspace) -> tuple[str, ...]:
    """Say which version it is, and who decided what about it."""
    words = {
        "number": version.number,
        "person": isolated(version.submitted_by),
        "moment": when(version.submitted_at, workspace),
    }
    said = [gettext("Version %(number)d, sent by %(person)s %(moment)s.") % words]
    if version.decided_by:
        words |= {
            "person": isolated(version.decided_by),
            "moment": when(version.decided_at, workspace),
        }
        if version.state == VersionState.CHANGES_REQUESTED:
            said.append(gettext("%(person)s asked for changes %(moment)s.") % words)
        else:
            said.append(gettext("Approved by %(person)s %(moment)s.") % words)
        if version.state == VersionState.SUPERSEDED:
            said.append(gettext("A newer version has taken its place."))
    else:
        said.append(f"{version.get_state_display()}.")
    if version.next_review_on:
        text = gettext("To be looked at again %(date)s.")
        said.append(text % {"date": day(version.next_review_on)})
    notes = [" ".join(said)]
    if version.is_without_second_reader:
        reason = isolated(without_stop(cut(one_line(version.alone_reason), LONGEST_REASON)))
        text = gettext("Approved without a second reader: %(reason)s.")
        notes.append(text % {"reason": reason})
    return tuple(notes)


@dataclass(frozen=True)
class Heading:
    """Level 1 is the title."""

    level: int
    text: "str | Promise"


@dataclass(frozen=True)
class Paragraph:
    """A text, behind a label where it has one; its line breaks are kept."""

    text: str
    label: "str | Promise" = ""


@dataclass(frozen=True)
class Listing:
    """Short texts, one below the other."""

    items: tuple[str, ...]
    is_numbered: bool = False


Block = Heading | Paragraph | Listing


def blocks_of(paper: Paper) -> Iterator[Block]:
    """Yield a paper as headings, paragraphs and lists."""
    yield Heading(1, paper.title)
    for note in (paper.workspace, *paper.notes):
        yield Paragraph(note)
    yield Heading(2, gettext("In short"))
    for part in paper.sheet:
        yield from _sheet_part(part)
    for chapter in paper.chapters:
        yield Heading(2, chapter.heading)
        if chapter.is_silent:
            yield Paragraph(gettext("Not answered yet."))
        for fact in chapter.notes:
            yield Paragraph(fact.text, "" if fact.field == "is_not_known" else fact.label)
        for document_part in chapter.parts:
            yield from _part(document_part, paper)


def _sheet_part(part: SheetPart) -> Iterator[Block]:
    yield Heading(3, part.heading)
    for block in part.blocks:
        if block.is_run or not block.items:
            yield Paragraph(block.run)
            continue
        if block.lead:
            yield Paragraph(block.lead)
        items = (*block.items, *filter(None, [block.more_text]))
        yield Listing(items, is_numbered=block.is_numbered and not block.more)


def _part(part: DocumentPart, paper: Paper) -> Iterator[Block]:
    yield Heading(3, part.heading)
    if part.kind.code == "content-plan" and paper.mix_text:
        yield Paragraph(paper.mix_text)
    for group in part.groups:
        if group.heading:
            yield Heading(4, group.heading)
        if group.shared:
            yield Paragraph(" ".join(group.shared), gettext("Holds for all of these"))
        for is_brief, run in group.runs:
            if is_brief:
                is_numbered = [entry.place for entry in run] == [*range(1, len(run) + 1)]
                yield Listing(tuple(_line(entry, is_numbered) for entry in run), is_numbered)
            else:
                for entry in run:
                    yield from _entry(entry, level=5 if group.heading else 4)
    for text in part.unknown:
        yield Paragraph(text)


def _line(entry: DocumentEntry, is_numbered: bool) -> str:
    title = entry.title if is_numbered else entry.numbered_title
    if not entry.rest:
        return title
    return gettext("%(title)s – %(text)s") % {"title": title, "text": entry.rest}


def _entry(entry: DocumentEntry, *, level: int) -> Iterator[Block]:
    if entry.title:
        yield Heading(level, entry.numbered_title)
    if entry.text:
        yield Paragraph(entry.text)
    if entry.sentences:
        yield Paragraph(" ".join(entry.sentences))
    for text in entry.plain:
        yield Paragraph(text)
    for fact in entry.facts:
        if fact.lines:
            yield Paragraph("", fact.label)
            yield Listing(fact.lines)
        else:
            yield Paragraph(fact.text, fact.label)
