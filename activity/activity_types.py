"""What can be said in the log: a registry of activity types, one entry and its sentence each.

An app registers its own in ``<app>/activity_types.py``, which is found by name. Those of the workspaces
app, which stands below this one, are at the end of this file.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.diff import Segment, shortened, without_blanks, word_diff
from core.registry import Registry
from core.text import date_words, inside_quotes, isolated, number_text
from workspaces.enums import WeekStart

if TYPE_CHECKING:
    from activity.models import Record

_DATE = re.compile(r"\d{4}-\d\d-\d\d")

#: A longer value is cut in the log; the thing itself has it in full.
LONGEST = 160
#: From this many characters on a text is told word by word.
LONG = 60


@dataclass(frozen=True)
class Verb:
    """One thing that can be done.

    ``sentence`` holds ``%(person)s`` and, when there is one, ``%(label)s``. ``fields`` names the
    fields that may have changed as the page calls them, ``kind.field`` where the same verb speaks
    of several kinds; ``words`` turns stored codes of a field into the words of the page;
    ``numbers`` names the fields whose value is a number, also where it is stored as text.
    ``is_typed``: it is done again and again while somebody types, and may stand as one.
    ``is_in_full``: long texts are not cut, because they may stand nowhere else.
    """

    code: str
    sentence: "str | Promise"
    fields: Mapping[str, "str | Promise"] = field(default_factory=dict)
    words: Mapping[str, Mapping[Any, "str | Promise"]] = field(default_factory=dict)
    numbers: Collection[str] = frozenset()
    is_typed: bool = False
    is_in_full: bool = False


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, in words; an empty text means nothing stood there.

    Of two long texts ``segments`` say word by word what went and what came.
    """

    label: str
    before: str
    after: str
    segments: Sequence[Segment] = ()


VERBS: Registry[Verb] = Registry("log entry", module="activity_types")


def register(
    code: str,
    sentence: "str | Promise",
    *,
    fields: Mapping[str, "str | Promise"] | None = None,
    words: Mapping[str, Mapping[Any, "str | Promise"]] | None = None,
    numbers: Collection[str] = frozenset(),
    is_typed: bool = False,
    is_in_full: bool = False,
) -> None:
    """Make ``code`` (``app.verb``) known to the log, with its sentence."""
    verb = Verb(code, sentence, fields or {}, words or {}, numbers, is_typed, is_in_full)
    VERBS.register(code, verb)


_IN_QUOTES = re.compile(r"[“„«]%\(label\)s")  # as any language quotes


def is_known(code: str) -> bool:
    """Whether the verb has a sentence."""
    return code in VERBS


def is_typed(code: str) -> bool:
    """Whether the verb is done again and again while somebody types."""
    verb = VERBS.get(code)
    return verb is not None and verb.is_typed


def sentence_of(record: "Record") -> str:
    """Return the record as a sentence; a verb that no app knows any more still shows the label."""
    verb = VERBS.get(record.verb)
    sentence = str(verb.sentence if verb else _("%(person)s changed %(label)s."))
    person = str(record.by) if record.by else gettext("Strategy Planner")
    label = record.label or gettext("something")
    if _IN_QUOTES.search(sentence):
        label = inside_quotes(label)
    return sentence % {"person": isolated(person), "label": isolated(label)}


def changes_of(record: "Record", changes: Mapping[str, list[Any]]) -> list[FieldChange]:
    """Return ``changes`` ({field: [before, after]}) of what ``record`` did, in the page's words."""
    verb = VERBS.get(record.verb) or Verb(record.verb, "")
    found = []
    for name, (before, after) in changes.items():
        is_number = f"{record.subject_kind}.{name}" in verb.numbers
        words = verb.words.get(name, {})
        was, now = (_number(one) if is_number else _words(one, words) for one in (before, after))
        label = _label(verb, record.subject_kind, name)
        if verb.is_in_full:
            found.append(FieldChange(label, was, now))
        else:
            found.append(FieldChange(label, _cut(was), _cut(now), _word_by_word(was, now)))
    return found


def _label(verb: Verb, kind: str, name: str) -> str:
    label = verb.fields.get(f"{kind}.{name}") or verb.fields.get(name) or name.replace("_", " ")
    return capfirst(str(label))


def _number(value: Any) -> str:
    """Return a number, stored as one or as text, as it is written on the pages."""
    try:
        return number_text(Decimal(str(value)))
    except InvalidOperation:
        return _words(value, {})


def _words(value: Any, words: Mapping[Any, "str | Promise"]) -> str:
    """Return a stored value as a person would write it."""
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(_words(item, words) for item in value)
    if isinstance(value, dict):
        return ngettext("%(n)d entry", "%(n)d entries", len(value)) % {"n": len(value)}
    text = str(words.get(value, value))
    if _DATE.fullmatch(text):
        with suppress(ValueError):  # somebody typed a day that there is not
            return date_words(date.fromisoformat(text), with_year=True)
    return text


def _word_by_word(before: str, after: str) -> list[Segment]:
    """Return what changed in a long text; nothing where little of it stayed."""
    if min(len(before), len(after)) < LONG:
        return []
    segments = without_blanks(word_diff(before, after))
    stayed = sum(len(one.text) for one in segments if one.op == "same")
    return shortened(segments) if stayed * 2 > min(len(before), len(after)) else []


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


_SETTINGS = {
    "name": _("Name"),
    "timezone": _("Time zone"),
    "week_start": _("First day of the week"),
    "language": _("Language"),
    "lead_time_hours": _("Hours between approval and publishing, at least"),
    "review_days": _("Days to review a strategy"),
}
register("workspaces.created", _("%(person)s created the workspace %(label)s."))
register(
    "workspaces.settings_changed",
    _("%(person)s changed the settings of the workspace."),
    fields=_SETTINGS,
    words={"week_start": dict(WeekStart.choices)},
)
register(
    "workspaces.conflict",
    _("%(person)s and somebody else changed the settings at the same time. Saved → typed:"),
    fields=_SETTINGS,
    is_in_full=True,
)
