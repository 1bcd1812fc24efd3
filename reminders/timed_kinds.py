"""Kinds of reminder: a registry, one file each in ``reminders/kinds/``.

A kind says what is told, when, to whom and why, and looks again just before an email is sent.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from accounts.models import User
from core.registry import Registry
from notifications import notification_types
from notifications.enums import Pace
from notifications.models import Notification, Subject
from notifications.notification_types import NotificationType
from reminders.enums import TOO_LATE
from reminders.models import Schedule
from workspaces.models import Workspace

#: What all types of notice of this app have in common.
COMMON: dict[str, Any] = {
    "template": "reminders/emails/reminder.txt",
    "expires_after": TOO_LATE,
    "pace": Pace.DIGEST,
}


@dataclass(frozen=True)
class ToTell:
    """One thing to tell some people, for one reason.

    ``source`` names the cause: the same again tells nobody twice. ``why`` is a code of the type's
    ``whys``; ``url`` a path of this site. ``notice`` is the type of notice where it is not the kind's.
    """

    recipients: Iterable[User]
    source: str
    url: str
    why: str
    subject: Subject | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    by: User | None = None
    notice: str = ""


@dataclass(frozen=True)
class TimedKind:
    """One kind of reminder, and the type of notice that it writes."""

    code: str
    notice: NotificationType


@dataclass(frozen=True)
class OwnKind(TimedKind):
    """What comes at the times of a person's own schedule."""

    find: Callable[[Schedule], Iterable[ToTell]]


@dataclass(frozen=True)
class DailyKind(TimedKind):
    """What belongs to a day: looked up once, when the day begins in the workspace.

    ``find`` returns all that is due by that day, so that a day on which nothing ran is made good.
    """

    find: Callable[[Workspace, date], Iterable[ToTell]]


@dataclass(frozen=True)
class Moment:
    """A thing, and the moment at which something is told about it."""

    workspace: Workspace
    subject: Subject
    at: datetime
    tellings: Iterable[ToTell]


@dataclass(frozen=True)
class MomentKind(TimedKind):
    """What comes at a moment of its own.

    ``find`` gets when to look from and until, and returns what came in between and has not been
    fired yet.
    """

    find: Callable[[datetime, datetime], Iterable[Moment]]


def uid_of(notification: Notification) -> UUID:
    """Return the uid of what a notice is about; one that nothing has where it is about nothing."""
    return notification.subject_uid or UUID(int=0)


TIMED_KINDS: Registry[TimedKind] = Registry("kind of reminder")


def register(kind: TimedKind) -> None:
    """Make a kind known, and the type of its notices."""
    TIMED_KINDS.register(kind.code, kind)
    notification_types.register(kind.notice)


def daily_codes() -> list[str]:
    """Return the codes of the kinds that belong to a day."""
    return [kind.code for kind in TIMED_KINDS if isinstance(kind, DailyKind)]


def moment_kinds() -> list[MomentKind]:
    """Return the kinds that come at moments of their own."""
    return [kind for kind in TIMED_KINDS if isinstance(kind, MomentKind)]


def label_of(code: str) -> "str | Promise":
    """Return what a kind is called where people read of it; the code of one that is gone."""
    kind = TIMED_KINDS.get(code)
    return kind.notice.label if kind else code
