"""The one form of text that people type, paste or give to a command (docs/adr/0015).

``core.forms`` puts what was sent into this form before any field looks at it, so lengths are
counted and values compared in the same way wherever a text comes from. Where text arrives without
a form (a management command), the same functions are called.
"""

import re
import unicodedata
from typing import Any

from django.db import models

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Control characters, and halves of characters that no database can store.
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Embeddings, overrides and isolates reorder what stands around a name. The marks U+200E, U+200F and
# U+061C only lean to one side; Arabic and Hebrew names need them, and they stay.
_DIRECTION_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")

# Letters, marks and symbols that are drawn as nothing: fillers, the empty braille cell, variation
# selectors. Blanks, joiners and soft hyphens are known by their category.
_DRAWN_AS_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
_INVISIBLE_KINDS = {"Cc", "Cf", "Zl", "Zp", "Zs"}
# Signs that Unicode calls format characters although they are seen (“sign of the year”).
_SEEN_SIGNS = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")


def clean_text(text: str) -> str:
    """Return a text of any number of lines in its one form.

    Line ends are LF (a form feed, a vertical tab and Unicode's own separators end a line too),
    letters are composed (NFC), control characters other than LF and TAB are gone, and what would
    show nothing at all is empty.
    """
    if not text.isprintable():  # most lines are: nothing is to be taken out of them
        text = _NOT_TEXT.sub("", _LINE_ENDS.sub("\n", text))
    composed = unicodedata.normalize("NFC", text)
    return composed if any(map(_is_seen, composed)) else ""


def clean_line(text: str) -> str:
    """Return a text of one line in its form: a line break is a blank, direction controls are gone."""
    return clean_text(without_direction_controls(text)).replace("\n", " ")


def without_direction_controls(text: str) -> str:
    """Return a text without what would reorder the text around it."""
    return _DIRECTION_CONTROLS.sub("", text)


def _is_seen(character: str) -> bool:
    if unicodedata.category(character) in _INVISIBLE_KINDS:
        return _SEEN_SIGNS.match(character) is not None
    return not _DRAWN_AS_NOTHING.match(character)


def is_changed(stored: models.Model, name: str, value: Any) -> bool:
    """Whether ``value`` says something else than the field ``name`` of ``stored``.

    A text that was stored in another form, with CRLF or with decomposed accents, says the same.
    """
    before = getattr(stored, name)
    if before == value or not isinstance(before, str) or not isinstance(value, str):
        return bool(before != value)
    has_lines = isinstance(stored._meta.get_field(name), models.TextField)
    clean = clean_text if has_lines else clean_line
    return clean(before).strip() != clean(value).strip()
