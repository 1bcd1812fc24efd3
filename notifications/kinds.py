"""What can be told: a registry of kinds of notice, one entry each.

An app registers its own in ``<app>/notices.py``, which is found by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from notifications.models import Notification

Params = dict[str, Any]
#: Looks again just before sending; returns why the letter is no longer wanted, or "".
Recheck = Callable[["Notification"], "str | Promise"]
#: Values for the letter that may not be stored, such as the secret of a link.
Secrets = Callable[["Notification"], Params]


def _still_wanted(notification: "Notification") -> str:
    return ""


def _no_secrets(notification: "Notification") -> Params:
    return {}


@dataclass(frozen=True)
class Kind:
    """One kind of notice.

    ``sentence`` and ``subject`` are filled with the notice's ``params`` (``%(name)s``) and
    ``%(person)s``, who caused it. ``template`` is the letter's text; it gets params, ``person``,
    ``notification``, ``workspace``, ``recipient`` and ``link``. Without a template the kind is
    told in the program only. ``action`` is what the link in the letter is called.
    """

    code: str
    sentence: "str | Promise"
    subject: "str | Promise" = ""
    template: str = ""
    action: "str | Promise" = _("Open it")
    icon: str = "bell"
    recheck: Recheck = _still_wanted
    secrets: Secrets = _no_secrets
    #: Told to people outside the workspace too (an invitation): membership is not asked.
    to_outsiders: bool = False

    @property
    def by_email(self) -> bool:
        """Whether a letter goes out beside the notice."""
        return bool(self.template)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind of notice known."""
    _kinds[kind.code] = kind


def kind_of(code: str) -> Kind:
    """Return the kind ``code``; raises KeyError when no app knows it."""
    return _kinds[code]


def codes() -> list[str]:
    """Return the codes of every kind."""
    return sorted(_kinds)


def words_of(notification: "Notification") -> Params:
    """Return what sentences are filled with."""
    return {
        "workspace": notification.workspace.name,
        "person": str(notification.by) if notification.by else gettext("Strategy Planner"),
        **notification.params,
    }


def sentence_of(notification: "Notification") -> str:
    """Return the notice in one sentence; a kind that no app knows any more says so."""
    kind = _kinds.get(notification.kind)
    if kind is None:
        return gettext("Something happened here that this version no longer knows.")
    return str(kind.sentence) % words_of(notification)


def subject_of(notification: "Notification") -> str:
    """Return the subject of the letter, on one line."""
    kind = kind_of(notification.kind)
    return " ".join((str(kind.subject or kind.sentence) % words_of(notification)).split())
