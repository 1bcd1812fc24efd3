"""Writing the log. Services call this inside their own transaction."""

from typing import Any

from django.db import transaction

from accounts.models import User
from activity.models import Record
from workspaces.models import Workspace


def record(
    workspace: Workspace,
    *,
    by: User | None,
    verb: str,
    subject: tuple[str, str],
    label: str = "",
    changes: dict[str, list[Any]] | None = None,
) -> Record:
    """Write one record: ``verb`` (a code of ``activity.activity_types``), ``subject`` (kind, uid)."""
    kind, uid = subject
    return Record.objects.create(
        workspace=workspace,
        by=by,
        verb=verb,
        subject_kind=kind,
        subject_uid=uid,
        label=label[:200],
        changes=changes or {},
    )


@transaction.atomic
def record_once(
    workspace: Workspace,
    *,
    by: User | None,
    verb: str,
    subject: tuple[str, str],
    label: str = "",
    changes: dict[str, list[Any]],
) -> None:
    """Write a record unless the newest of its subject is the very same."""
    kind, uid = subject
    newest = (
        Record.objects.for_workspace(workspace)
        .filter(subject_kind=kind, subject_uid=uid)
        .order_by("-at", "-pk")
        .first()
    )
    if newest and (newest.verb, newest.by, newest.changes) == (verb, by, changes):
        return
    record(workspace, by=by, verb=verb, subject=subject, label=label, changes=changes)
