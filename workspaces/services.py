"""Making a workspace and changing its settings."""

import hashlib
import json
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from accounts.models import User
from core.exceptions import Conflict
from workspaces.enums import Role
from workspaces.log import log
from workspaces.models import Membership, Workspace

#: Letters that Unicode does not take apart into a plain letter and a mark.
PLAIN = str.maketrans({"æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "å": "a", "Å": "a", "ß": "ss"})
SETTINGS = ("name", "timezone", "week_start", "language", "lead_time_hours", "review_days")


def slug_for(name: str) -> str:
    """Return an address for ``name``; a name without latin letters gets a neutral one."""
    return slugify(name.translate(PLAIN))[:48].strip("-_") or "workspace"


@transaction.atomic
def create_workspace(
    *, name: str, by: User, timezone: str = "Europe/Oslo", week_start: int = 0
) -> Workspace:
    """Create a workspace with ``by`` as its first admin."""
    workspace = _with_free_slug(
        Workspace(name=name, timezone=timezone, week_start=week_start, language=by.language)
    )
    Membership.objects.create(workspace=workspace, user=by, role=Role.ADMIN)
    log(workspace, by=by, verb="workspaces.created")
    return workspace


def _with_free_slug(workspace: Workspace) -> Workspace:
    """Save it under the first free address; two people with the same name at once get two."""
    base = slug_for(workspace.name)
    workspace.slug = base
    while True:
        try:
            with transaction.atomic():
                workspace.save(force_insert=True)
        except IntegrityError:
            workspace.slug = f"{base}-{get_random_string(5, 'abcdefghjkmnpqrstuvwxyz23456789')}"
        else:
            return workspace


def settings_seen(workspace: Workspace) -> str:
    """Return a mark of the settings as they are, to tell a page from yesterday."""
    values = json.dumps([getattr(workspace, name) for name in SETTINGS])
    return hashlib.sha256(values.encode()).hexdigest()[:16]


@transaction.atomic
def change_settings(
    workspace: Workspace, *, values: dict[str, Any], seen: str, by: User
) -> Workspace:
    """Write the settings that differ, or raise Conflict when they are not as ``seen``."""
    current = Workspace.objects.select_for_update().get(pk=workspace.pk)
    if settings_seen(current) != seen:
        raise Conflict
    changes = {
        name: [getattr(current, name), values[name]]
        for name in SETTINGS
        if name in values and getattr(current, name) != values[name]
    }
    if not changes:
        return current
    for name, (_before, after) in changes.items():
        setattr(current, name, after)
    current.save(update_fields=list(changes))
    log(current, by=by, verb="workspaces.settings_changed", changes=changes)
    return current
