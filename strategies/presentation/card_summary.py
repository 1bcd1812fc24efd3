"""What a folded card says of its row in one line: plain words made from the answers.

Most fields stand for themselves or beside their label. What reads better together is written by a
function of its kind; adding one is a function and its line in ``WRITERS``.
"""

from collections.abc import Sequence

from django.utils.text import capfirst

from core.text import cut, one_line
from strategies.domain.answer_types import Answer, is_value
from strategies.domain.row_kind import RowKind
from strategies.domain.titles import beneath_title
from strategies.presentation.answer_display import Fact, labelled

WORDS_AT_MOST = 160
BETWEEN = "\u00a0· "  # the dot stays at the end of a line
ENDS = " .;,"  # not before a dot


def line_of(kind: RowKind, row: Answer, found: Sequence[Fact]) -> str:
    """Return what ``found`` says of ``row`` in a line, title left out.

    As many whole answers as ``WORDS_AT_MOST`` characters hold.
    """
    written, covered = kind.card(row) if kind.card else ([], ())
    left_out = {
        kind.title_field,
        "channel" if kind.is_about_channel else "",
        *kind.said_by_title,
        *covered,
    }
    words = [word for word in written if word]
    if beneath := one_line(beneath_title(kind.code, row)):
        words.insert(0, beneath)
    elif words:
        words[0] = capfirst(words[0])
    words += [
        _in_line(row, fact)
        for fact in found
        if fact.field not in left_out and fact.text and is_value(getattr(row, fact.field))
    ]
    return _line(words)


def _line(words: Sequence[str]) -> str:
    """Set the answers one after the other, as many whole ones as there is room for."""
    line = ""
    for word in words:
        longer = f"{line.rstrip(ENDS)}{BETWEEN}{word}" if line else cut(word, WORDS_AT_MOST)
        if len(longer) > WORDS_AT_MOST:
            return line
        line = longer
    return line


def _in_line(row: Answer, fact: Fact) -> str:
    """Texts stand for themselves; numbers, dates and people need their label."""
    value = getattr(row, fact.field)
    text = one_line(fact.text)
    if isinstance(value, str | tuple):
        return text
    return labelled(fact.label, text)
