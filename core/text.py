"""Texts as they are read: shortened, quoted, in lists; numbers, dates, days and work in words."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import get_language, get_language_bidi, gettext, pgettext

from core.enums import Weekday
from core.text_input import clean_line, clean_text, without_direction_controls

LIST_SEPARATOR = ", "

_INNER_QUOTES = str.maketrans("“”„", "‘’‚")
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
_RIGHT_TO_LEFT = {"R", "AL", "AN"}
_JOINER = "\u200d"
_STOPS = " .:;,!?。：；，！？؟،؛।"


def one_line(text: str) -> str:
    """Return ``text`` with every run of blanks and line breaks as one blank.

    A no-break space stays: it keeps a number and its sign together.
    """
    return _BLANKS.sub(" ", text).strip()


def first_line(text: str) -> str:
    """Return what a text is called by: the first of its lines that shows something."""
    return clean_line(_parted(text)[0]).strip()


def after_first_line(text: str) -> str:
    """Return what stands beneath ``first_line``, empty where nothing does."""
    return _parted(text)[1].strip()


def _parted(text: str) -> tuple[str, str]:
    first, _end, rest = clean_text(text).strip().partition("\n")
    while rest and not clean_line(first):
        first, _end, rest = rest.partition("\n")
    return first, rest


def web_link(address: str) -> str:
    """Return ``address`` where a browser may be led to it (http, https), and nothing otherwise."""
    return address if re.match(r"https?://[^\s/]", address, re.IGNORECASE) else ""


def without_stop(text: str) -> str:
    """Return ``text`` without the punctuation at its end: a colon or a dash can follow."""
    return text.rstrip(_STOPS) or text


def cut(text: str, longest: int) -> str:
    """Return ``text`` in at most ``longest`` characters, the last one “…” where some were left out.

    It ends behind a word where there is one in its second half; a letter keeps its accents, and an
    emoji made of several stays whole or goes.
    (Django's Truncator looks at every character: a question of 30 long rows spent a tenth of its
    time in it.)
    """
    if len(text) <= longest:
        return text
    end = longest - 1
    word_end = text.rfind(" ", longest // 2, longest)
    if word_end > 0:
        return text[:word_end].rstrip() + "…"
    while end and (_goes_on(text[end]) or text[end - 1] == _JOINER):
        end -= 1
    return text[:end].rstrip() + "…"


def isolated(name: object) -> str:
    """Return a name as it stands in a sentence that is put together here.

    Where its letters may run the other way than the page's, it stands between U+2068 and U+2069,
    which keep it and the sentence from reordering each other; the filter ``sentence`` writes them
    as ``<bdi>``, and a letter or an attribute takes them as they are.
    """
    text = without_direction_controls(str(name))
    runs_alike = not get_language_bidi() and (
        text.isascii() or not any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in text)
    )
    return text if runs_alike else f"\u2068{text}\u2069"


def _goes_on(character: str) -> bool:
    """Whether a character belongs to the one before it."""
    return unicodedata.category(character) in {"Mn", "Me", "Mc"} or character == _JOINER


def inside_quotes(text: str) -> str:
    """Return ``text`` as it stands between “double” marks: its own become ‘single’ ones."""
    return text.translate(_INNER_QUOTES)


def number_text(value: "int | Decimal") -> str:
    """Write a number for reading: grouped, without noughts behind the point."""
    if isinstance(value, Decimal):
        value = (
            value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
        )
    return str(number_format(value, use_l10n=True, force_grouping=True))


def percent_text(value: "int | Decimal") -> str:
    """Write a percentage; the number is not parted from its sign."""
    return pgettext("percentage", "%(number)s\u00a0%%") % {"number": number_text(value)}


def time_text(value: time) -> str:
    """Write a time of day."""
    return time_format(value, "H:i")


def date_words(value: date, *, with_year: bool) -> str:
    """Write a date in the active language, such as “Tue 24 Nov 2026”; no line ends inside it."""
    return _date_words(get_language() or "", value, with_year)


def date_text(value: date) -> str:
    """Write a date with its year, so that it says the same on every day."""
    return date_words(value, with_year=True)


def day_of_year_text(value: date) -> str:
    """Write a date without its weekday, for paper: “30 Sep 2027”."""
    form = pgettext("date without a weekday, as Django's date filter", "j M Y")
    return date_format(value, form).replace(" ", "\u00a0")


@lru_cache(maxsize=4096)
def _date_words(language: str, value: date, with_year: bool) -> str:
    """Each is written once a process: a roadmap has a hundred."""
    if with_year:
        form = pgettext("date of another year, as Django's date filter", "D j M Y")
    else:
        form = pgettext("date of this year, as Django's date filter", "D j M")
    return date_format(value, form).replace(" ", "\u00a0")


def days_text(days: Iterable[str]) -> str:
    """Write days of the week one after the other, or that it is all of them."""
    chosen = [Weekday(day) for day in days]
    if set(chosen) == set(Weekday):
        return gettext("every day")
    return LIST_SEPARATOR.join(str(day.label) for day in chosen)


def about_text(minutes: Decimal) -> str:
    """Write an estimate of work: to the quarter of an hour, below an hour to five minutes."""
    step = 15 if minutes >= 60 else 5
    return work_text(Decimal(round(minutes / step) * step))


def work_text(minutes: Decimal) -> str:
    """Write minutes of work as “9 h 40 min”."""
    hours, rest = divmod(round(minutes), 60)
    numbers = {"hours": hours, "minutes": rest}
    if not hours:
        return gettext("%(minutes)d min") % numbers
    if not rest:
        return gettext("%(hours)d h") % numbers
    return gettext("%(hours)d h %(minutes)d min") % numbers
