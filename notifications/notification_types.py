"""What can be told: a registry of types of notification, one entry each.

An app registers its own in ``<app>/notices.py``, which is found by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext

from core.registry import Registry
from core.templatetags.ui_tags import when
from core.text import date_words, isolated
from notifications.enums import Pace, Topic

if TYPE_CHECKING:
    from notifications.models import Notification

Params = dict[str, Any]
#: Looks again just before sending; returns why the email is no longer wanted, or "".
Recheck = Callable[["Notification"], "str | Promise"]
#: More values for the email, read when it is sent: what may not be stored, or may have changed.
More = Callable[["Notification"], Params]


def _still_wanted(notification: "Notification") -> str:
    return ""


def _nothing_more(notification: "Notification") -> Params:
    return {}


@dataclass(frozen=True)
class NotificationType:
    """One type of notification; ``Notification.kind`` holds its code.

    ``sentence`` and ``email_subject`` are filled with the notice's ``params`` (``%(name)s``),
    ``%(workspace)s`` and ``%(person)s``, who caused it. ``template`` is the middle of the email,
    as plain text; it gets the params, ``person``, ``workspace``, ``recipient``, ``notification``
    and what ``more`` adds; greeting, link and end are put around it. Without a template it
    is told in the program only. The HTML of the email has the same paragraphs, or ``html_template``
    in their place. ``action`` is what the link in the email is called; a ``link``
    from ``more`` takes the place of the notice's own. ``recheck`` is asked just before sending.

    ``why`` tells the person why it came to them; where there are several reasons, ``whys`` has a
    sentence for each code that ``params["why"]`` may hold. ``label`` is what the type is called
    where a person chooses what to be told, below its ``topic``. What could not be sent ``expires_after`` it was due is
    not sent any more, but listed.

    ``pace`` is when its emails go out unless the person chooses otherwise; a type without one
    cannot be switched off and goes out at once. ``breaks_quiet``: quiet hours do not hold it up.
    ``is_personal``: it belongs to the person, whichever workspace it is stored in.

    ``shared_label`` is what the type is called where a webhook tells it to a whole room; a type
    without one goes to no webhook. ``is_tried_once``: somebody waits for the answer; it is not sent
    again, and nobody else is told that it failed.
    """

    code: str
    sentence: "str | Promise"
    email_subject: "str | Promise" = ""
    template: str = ""
    html_template: str = ""
    action: "str | Promise" = ""
    icon: str = "bell"
    recheck: Recheck = _still_wanted
    more: More = _nothing_more
    label: "str | Promise" = ""
    topic: Topic | None = None
    why: "str | Promise" = ""
    whys: "Mapping[str, str | Promise]" = field(default_factory=dict)
    expires_after: timedelta | None = None
    pace: Pace | None = None
    breaks_quiet: bool = False
    is_personal: bool = False
    shared_label: "str | Promise" = ""
    is_tried_once: bool = False


NOTIFICATION_TYPES: Registry[NotificationType] = Registry("notification type", module="notices")


def register(notification_type: NotificationType) -> None:
    """Make a type of notification known. Raises ValueError for one to choose without a topic."""
    if notification_type.pace is not None and notification_type.topic is None:
        raise ValueError(f"{notification_type.code} can be chosen, so it needs a topic.")
    NOTIFICATION_TYPES.register(notification_type.code, notification_type)


def type_of(code: str) -> NotificationType:
    """Return the type ``code``; raises KeyError when no app knows it."""
    return NOTIFICATION_TYPES[code]


def words_of(notification: "Notification") -> Params:
    """Return what sentences are filled with; a param whose name ends in ``_on`` is a date."""
    this_year = notification.workspace.today().year
    words = {
        "workspace": notification.workspace.name,
        "person": str(notification.by) if notification.by else gettext("Strategy Planner"),
        **notification.params,
    }
    for name, value in notification.params.items():
        day = parse_date(value) if name.endswith("_on") and isinstance(value, str) else None
        if day is not None:
            words[name] = date_words(day, with_year=day.year != this_year)
    return words


def sentence_of(notification: "Notification") -> str:
    """Return the notice in one sentence; a type that no app knows any more says so."""
    found = NOTIFICATION_TYPES.get(notification.kind)
    if found is None:
        return gettext("Something happened here that this version no longer knows.")
    return _filled(found.sentence, notification)


def why_of(notification: "Notification") -> str:
    """Return the sentence that tells why the person got this, or ""."""
    found = NOTIFICATION_TYPES.get(notification.kind)
    if found is None:
        return ""
    return _filled(found.whys.get(notification.params.get("why", ""), found.why), notification)


def _filled(sentence: "str | Promise", notification: "Notification") -> str:
    words = words_of(notification)
    apart = {name: isolated(text) for name, text in words.items() if isinstance(text, str)}
    return str(sentence) % {**words, **apart}


def was_due_words(notification: "Notification", at: datetime | None) -> str:
    """Say when a notice that is told ``at`` should have been told, where that is long ago."""
    if at is None or notification.due_at is None or not notification.is_late(at):
        return ""
    return gettext("It was due %(moment)s.") % {
        "moment": when(notification.due_at, notification.recipient or notification.workspace)
    }


def subject_of(notification: "Notification") -> str:
    """Return the subject of the email, on one line."""
    found = type_of(notification.kind)
    return " ".join((str(found.email_subject or found.sentence) % words_of(notification)).split())


def icon_of(notification: "Notification") -> str:
    """Return the icon of the type."""
    found = NOTIFICATION_TYPES.get(notification.kind)
    return found.icon if found else "bell"
