"""What follows when a workspace's time zone changes: a registry, one entry for each app it concerns.

An app registers its own in ``<app>/zone_changes.py``, which is found by name.
"""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from core.registry import Registry
from workspaces.models import Workspace


@dataclass(frozen=True)
class ZoneChange:
    """One consequence. ``follow`` gets the workspace with its new zone, the zone before and who
    changed it, in the same transaction. ``question_url`` returns where a person is asked something
    about it, or nothing. ``code`` is an identifier.
    """

    code: str
    follow: Callable[[Workspace, str, User], None]
    question_url: Callable[[Workspace], str]


ZONE_CHANGES: Registry[ZoneChange] = Registry(
    "consequence of a new time zone", module="zone_changes"
)


def register(change: ZoneChange) -> None:
    """Make a consequence known."""
    ZONE_CHANGES.register(change.code, change)


def question_after_zone_change(workspace: Workspace) -> str:
    """Return where a person is asked something about the new zone, or nothing."""
    return next(filter(None, (one.question_url(workspace) for one in ZONE_CHANGES)), "")
