"""Markdown that people write, as HTML that is safe to show: the only place that marks text as safe.

HTML in the text is shown as text. What Markdown makes of the rest passes a cleaner; what that does
not know is left out. Pictures become links, because no page of ours asks another host for anything.
"""

import re
from xml.etree.ElementTree import Element

import markdown
import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

# The library takes the square of the time on some texts ("[" ten thousand times): a block longer
# than so many characters is divided, and one with more brackets has no links.
BLOCK_AT_MOST = 8_000
BRACKETS_AT_MOST = 200

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = ("p", "li", "th", "td", "blockquote", *_HEADINGS)
_TAGS = {
    *_BLOCKS,
    *("a", "abbr", "b", "br", "code", "del", "em", "hr", "i", "ins", "ol", "pre", "s", "strong"),
    *("sub", "sup", "table", "tbody", "thead", "tr", "ul"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
# Each block finds its own writing direction.
_DIRECTIONS = {tag: {"dir": "auto"} for tag in _BLOCKS}


class _OurHtml(Treeprocessor):
    """Lower the headings below the page's own, and turn pictures into links."""

    def __init__(self, md: markdown.Markdown, lower_by: int) -> None:
        super().__init__(md)
        self.lower_by = lower_by

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in _HEADINGS:
                level = min(6, int(element.tag[1]) + self.lower_by)
                element.tag = f"h{level}"
            elif element.tag == "img":
                element.tag = "a"
                element.set("href", element.get("src", ""))
                element.text = element.get("alt") or element.get("src", "")


class _OurExtension(Extension):
    def __init__(self, lower_by: int) -> None:
        super().__init__()
        self.lower_by = lower_by

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # the library's name
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_OurHtml(md, self.lower_by), "our_html", 5)


def _divided(text: str) -> str:
    """Return ``text`` with blank lines inside blocks that are too long for the library."""
    pieces: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text):
        while len(block) > BLOCK_AT_MOST:
            end = block.rfind("\n", BLOCK_AT_MOST // 2, BLOCK_AT_MOST)
            if end < 0:
                end = block.rfind(" ", BLOCK_AT_MOST // 2, BLOCK_AT_MOST)
            end = BLOCK_AT_MOST if end < 0 else end + 1
            pieces.append(block[:end])
            block = block[end:]
        pieces.append(block)
    return "\n\n".join(
        piece.replace("[", "&#91;") if piece.count("[") > BRACKETS_AT_MOST else piece
        for piece in pieces
    )


def to_html(text: str, *, lower_by: int = 0) -> SafeString:
    """Return ``text`` as clean HTML, its headings ``lower_by`` levels lower (h6 at most)."""
    made = markdown.markdown(
        _divided(text), extensions=["tables", "fenced_code", "sane_lists", _OurExtension(lower_by)]
    )
    clean = nh3.clean(
        made,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
        set_tag_attribute_values=_DIRECTIONS,
    )
    return mark_safe(clean)  # noqa: S308  # cleaned in the line above
