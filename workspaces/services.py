"""Making a workspace and changing its settings."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone as clock
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import ngettext

from accounts.models import User
from core.exceptions import Refusal
from core.rows import claim_revision
from core.text_input import is_changed
from workspaces.enums import Role
from workspaces.log import log
from workspaces.models import Membership, Workspace
from workspaces.zone_changes import ZONE_CHANGES

#: Letters that Unicode does not take apart into a plain letter and a mark.
PLAIN = str.maketrans({"æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "å": "a", "Å": "a", "ß": "ss"})
SETTINGS = ("name", "timezone", "week_start", "language", "lead_time_hours", "review_days")


class TooManyWorkspaces(Refusal):
    """The person has made as many in 24 hours as WORKSPACES_A_DAY allows."""


def slug_for(name: str) -> str:
    """Return an address for ``name``; a name without latin letters gets a neutral one."""
    return slugify(name.translate(PLAIN))[:48].strip("-_") or "workspace"


def create_workspace(
    *,
    name: str,
    by: User,
    timezone: str = "Europe/Oslo",
    week_start: int = 0,
    uid: uuid.UUID | None = None,
) -> Workspace:
    """Create a workspace with ``by`` as its first admin; the same ``uid`` again finds it.

    Raises TooManyWorkspaces.
    """
    uid = uid or uuid.uuid4()
    if (made := _made_by(uid, by)) is not None:
        return made
    try:
        return _create(
            Workspace(
                name=name,
                timezone=timezone,
                week_start=week_start,
                language=by.language,
                created_by=by,
            ),
            uid,
            by=by,
        )
    except (IntegrityError, TooManyWorkspaces):  # both presses at once
        made = _made_by(uid, by)
        if made is None:
            raise
        return made


def _made_by(uid: uuid.UUID, by: User) -> Workspace | None:
    """The first admin's membership has the uid that the workspace was asked for with."""
    membership = Membership.objects.filter(uid=uid, user=by).select_related("workspace").first()
    return membership.workspace if membership else None


@transaction.atomic
def _create(workspace: Workspace, uid: uuid.UUID, *, by: User) -> Workspace:
    _refuse_too_many(by)
    workspace = _with_free_slug(workspace)
    Membership.objects.create(uid=uid, workspace=workspace, user=by, role=Role.ADMIN)
    log(workspace, by=by, verb="workspaces.created")
    return workspace


def _refuse_too_many(by: User) -> None:
    """Called inside the transaction that makes one; it waits for another one of the same person."""
    User.objects.select_for_update().get(pk=by.pk)
    since, most = clock.now() - timedelta(days=1), settings.WORKSPACES_A_DAY
    if Workspace.objects.filter(created_by=by, created_at__gt=since).count() >= most:
        raise TooManyWorkspaces(
            ngettext(
                "You can create %(number)d workspace a day. Go on tomorrow.",
                "You can create %(number)d workspaces a day. Go on tomorrow.",
                most,
            )
            % {"number": most}
        )


def _with_free_slug(workspace: Workspace) -> Workspace:
    """Save it under the first free address; two people with the same name at once get two."""
    base = slug_for(workspace.name)
    workspace.slug = base
    while True:
        try:
            with transaction.atomic():
                workspace.save(force_insert=True)
        except IntegrityError:
            if not Workspace.objects.filter(slug=workspace.slug).exists():
                raise  # something else about it is refused
            workspace.slug = f"{base}-{get_random_string(5, 'abcdefghjkmnpqrstuvwxyz23456789')}"
        else:
            return workspace


@transaction.atomic
def change_settings(
    workspace: Workspace, *, values: dict[str, Any], expected: int, by: User
) -> Workspace:
    """Write the settings that differ; raise Conflict when they are past revision ``expected``."""
    current = Workspace.objects.select_for_update().get(pk=workspace.pk)
    changes = {
        name: [getattr(current, name), values[name]]
        for name in SETTINGS
        if name in values and is_changed(current, name, values[name])
    }
    if not changes:
        return current
    claim_revision(current, expected)
    for name, (_before, after) in changes.items():
        setattr(current, name, after)
    current.save(update_fields=list(changes))
    log(current, by=by, verb="workspaces.settings_changed", changes=changes)
    if "timezone" in changes:
        for change in ZONE_CHANGES:
            change.follow(current, changes["timezone"][0], by)
    return current
