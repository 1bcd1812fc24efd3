"""The log of this app's changes. The app that keeps it stands above and says here how to write."""

from typing import Any, Protocol

from accounts.models import User
from workspaces.models import Workspace


class Writer(Protocol):
    """Writes one record in the caller's transaction."""

    def __call__(
        self,
        workspace: Workspace,
        *,
        by: User | None,
        verb: str,
        subject: tuple[str, str],
        label: str = "",
        changes: dict[str, list[Any]] | None = None,
    ) -> object: ...


_writers: list[Writer] = []


def write_with(writer: Writer) -> None:
    _writers[:] = [writer]


def log(
    workspace: Workspace,
    *,
    by: User,
    verb: str,
    changes: dict[str, list[Any]] | None = None,
) -> None:
    """Write one record about the workspace itself."""
    for write in _writers:
        write(
            workspace,
            by=by,
            verb=verb,
            subject=("workspace", workspace.slug),
            label=workspace.name,
            changes=changes,
        )
