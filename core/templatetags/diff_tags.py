"""Draw what changed between two texts."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from core.diff import Segment

register = template.Library()

_GONE = '<del><span class="visually-hidden">{} </span>{}</del>'
_CAME = '<ins><span class="visually-hidden">{} </span>{}</ins>'


@register.filter
def marked_words(segments: Iterable[Segment]) -> SafeString:
    """Mark the words, not the blanks around them; a blank keeps what went apart from what came."""
    gone, came = gettext("Removed:"), gettext("Added:")
    marked = {"same": ("{1}", ""), "del": (_GONE, gone), "ins": (_CAME, came)}
    pieces: list[SafeString] = []
    touches = False  # whether what went ends where what came begins
    for segment in segments:
        words = segment.text.strip()
        before = segment.text[: len(segment.text) - len(segment.text.lstrip())]
        after = segment.text[len(before) + len(words) :]
        apart = " " if touches and segment.op == "ins" and not before else ""
        mark, said = marked[segment.op]
        pieces.append(format_html("{}{}", apart, before))
        if words:
            pieces.append(format_html(mark, said, words))
        pieces.append(format_html("{}", after))
        touches = segment.op == "del" and not after
    return format_html_join("", "{}", ((piece,) for piece in pieces))
