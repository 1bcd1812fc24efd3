"""How networks measure the length of a text. Each takes any text and never raises."""

import unicodedata

import regex

from networks.text_parts import EMOJI, link_spans, outside, without_servers

LINK_LENGTH = 23  # on X and on Mastodon, however long the link is

# X's published weights, version 3: 1 in these ranges of code points, 2 elsewhere.
# https://github.com/twitter/twitter-text/blob/master/config/v3.json
_WEIGH_ONE = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_GRAPHEME = regex.compile(r"\X")


def weighted_as_x(text: str) -> int:
    """Count in X's weights: a link is 23, an emoji 2 however it is composed, after NFC.

    twitter-text-parser 3.0.0 on PyPI weighs © as 2, against the published ranges, and knows the
    emoji and domains of its own day only.
    """
    text = unicodedata.normalize("NFC", text)
    links = link_spans(text)
    return LINK_LENGTH * len(links) + sum(map(_weight, outside(text, links)))


def _weight(text: str) -> int:
    rest: str
    emoji: int
    rest, emoji = EMOJI.subn("", text)
    return 2 * emoji + sum(_weight_of(ord(character)) for character in rest)


def _weight_of(code_point: int) -> int:
    return 1 if any(first <= code_point <= last for first, last in _WEIGH_ONE) else 2


def letters(text: str) -> list[str]:
    """Return the letters as people see them: an emoji is one, a letter keeps its accents."""
    return [match[0] for match in _GRAPHEME.finditer(text)]


def graphemes(text: str) -> int:
    """Count letters as people see them."""
    return len(letters(text))


def as_mastodon(text: str) -> int:
    """Count letters; a link with https:// is 23, and of “@name@server” the server is free."""
    links = link_spans(text, bare=False)
    rest = (graphemes(without_servers(piece)) for piece in outside(text, links))
    return LINK_LENGTH * len(links) + sum(rest)


def emoji_as_bytes(text: str) -> int:
    """Count characters; an emoji is as many as its bytes in UTF-8."""
    rest: str = EMOJI.sub("", text)
    return len(rest) + sum(utf8_bytes(match[0]) for match in EMOJI.finditer(text))


def utf16_units(text: str) -> int:
    """Count as JavaScript does: most characters are 1, those beyond U+FFFF (emoji) 2."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def utf8_bytes(text: str) -> int:
    """Count bytes in UTF-8; half a surrogate pair has 3."""
    return len(text.encode("utf-8", "surrogatepass"))
