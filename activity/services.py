"""Writing the log. Services call this inside their own transaction."""

from typing import Any

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
    """Write one record: ``verb`` (a code of ``activity.verbs``), ``subject`` (kind, uid)."""
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
