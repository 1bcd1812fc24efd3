"""A Word document, with real headings and lists."""

import re
import unicodedata
from io import BytesIO
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from strategies.formats.registry import PaperFormat, register
from strategies.presentation.paper import Block, Heading, Listing, Paper, Paragraph, blocks_of

RIGHT_TO_LEFT = {"R", "AL"}
LONGEST_PROPERTY = 255  # characters that Word takes
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(paper: Paper) -> bytes:
    """Write the paper on A4."""
    document = Document()
    _set_page(document)
    properties = document.core_properties
    properties.title = _clean(paper.title)[:LONGEST_PROPERTY]
    properties.author = _clean(paper.workspace)[:LONGEST_PROPERTY]
    properties.comments = ""
    properties.language = get_language() or ""
    for block in blocks_of(paper):
        _add(document, block)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_page(document: Any) -> None:
    (section,) = document.sections
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading(level, text):
            # Word's own level 0 is the title.
            _directed(document.add_heading(_clean(str(text)), level - 1), str(text))
        case Paragraph(text, label):
            _add_text(document, text, str(label))
        case Listing(items, is_numbered):
            number = _new_numbering(document) if is_numbered else None
            for item in items:
                _add_item(document, item, number)


def _add_text(document: Any, text: str, label: str) -> None:
    paragraph = document.add_paragraph()
    if label:
        mark = "" if label.endswith("?") else ":"
        paragraph.add_run(_clean(f"{label.rstrip(':')}{mark} ")).bold = True
        paragraph.paragraph_format.keep_with_next = not text
    paragraph.add_run(_clean(text.strip()))  # its line breaks become line breaks
    _directed(paragraph, label or text)


def _add_item(document: Any, text: str, number: int | None) -> None:
    style = "List Bullet" if number is None else "List Number"
    paragraph = document.add_paragraph(_clean(text), style=style)
    if number is not None:
        numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbering.get_or_add_ilvl().val = 0
        numbering.get_or_add_numId().val = number
    _directed(paragraph, text)


def _new_numbering(document: Any) -> int:
    """Return the id of a numbering that begins with 1; Word counts on from one list to the next."""
    style = document.styles["List Number"].element
    numbering = document.part.numbering_part.element
    used = numbering.num_having_numId(style.pPr.numPr.numId.val)
    new = numbering.add_num(used.abstractNumId.val)
    new.add_lvlOverride(ilvl=0).add_startOverride(1)
    number: int = new.numId
    return number


def _directed(paragraph: DocxParagraph, text: str) -> None:
    """Let a paragraph run from right to left where its first letter does."""
    ways = (unicodedata.bidirectional(letter) for letter in text)
    first = next((way for way in ways if way in {"L", *RIGHT_TO_LEFT}), "L")
    if first in RIGHT_TO_LEFT:
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for run in paragraph.runs:
            mark = OxmlElement("w:rtl")
            mark.set(qn("w:val"), "1")
            run._r.get_or_add_rPr().append(mark)


def _clean(text: str) -> str:
    """Leave out what XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


register(
    PaperFormat(
        code="docx",
        label=_("Word document"),
        ending="docx",
        content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        place=2,
        write=write,
    )
)
