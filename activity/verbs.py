"""What can be said in the log: a registry of verbs, one entry and its sentence each.

An app registers its own in ``<app>/verbs.py``, which is found by name. Those of the workspaces
app, which stands below this one, are at the end of this file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from workspaces.enums import WeekStart

if TYPE_CHECKING:
    from activity.models import Record

#: A longer value is cut in the log; the thing itself has it in full.
LONGEST = 160


@dataclass(frozen=True)
class Verb:
    """One thing that can be done.

    ``sentence`` holds ``%(person)s`` and, when there is one, ``%(label)s``. ``fields`` names the
    fields that may have changed as the page calls them; ``words`` turns stored codes of a field
    into the words of the page.
    """

    code: str
    sentence: "str | Promise"
    fields: Mapping[str, "str | Promise"] = field(default_factory=dict)
    words: Mapping[str, Mapping[Any, "str | Promise"]] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One field before and after, in words; an empty text means nothing stood there."""

    label: str
    before: str
    after: str


_verbs: dict[str, Verb] = {}


def register(
    code: str,
    sentence: "str | Promise",
    *,
    fields: Mapping[str, "str | Promise"] | None = None,
    words: Mapping[str, Mapping[Any, "str | Promise"]] | None = None,
) -> None:
    """Make ``code`` (``app.verb``) known to the log, with its sentence."""
    _verbs[code] = Verb(code, sentence, fields or {}, words or {})


def is_known(code: str) -> bool:
    """Whether the verb has a sentence."""
    return code in _verbs


def sentence_of(record: "Record") -> str:
    """Return the record as a sentence; a verb that no app knows any more still shows the label."""
    verb = _verbs.get(record.verb)
    sentence = verb.sentence if verb else _("%(person)s changed %(label)s.")
    person = str(record.by) if record.by else gettext("Strategy Planner")
    return str(sentence) % {"person": person, "label": record.label or gettext("something")}


def changes_of(code: str, changes: Mapping[str, list[Any]]) -> list[Change]:
    """Return what changed ({field: [before, after]}) by the verb ``code``, in the words of the page."""
    verb = _verbs.get(code, Verb(code, ""))
    return [
        Change(
            label=str(verb.fields.get(name, name.replace("_", " ").capitalize())),
            before=_words(before, verb.words.get(name, {})),
            after=_words(after, verb.words.get(name, {})),
        )
        for name, (before, after) in changes.items()
    ]


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
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


register("workspaces.created", _("%(person)s created the workspace %(label)s."))
register(
    "workspaces.settings_changed",
    _("%(person)s changed the settings of the workspace."),
    fields={
        "name": _("Name"),
        "timezone": _("Time zone"),
        "week_start": _("First day of the week"),
        "language": _("Language"),
        "lead_time_hours": _("Approved this long before publishing, hours"),
        "review_days": _("Time to review a strategy, days"),
    },
    words={"week_start": dict(WeekStart.choices)},
)
