"""What apps above do when a channel was written, inside the same transaction."""

from collections.abc import Callable

from accounts.models import User
from core.registry import Registry
from workspaces.models import Workspace

AfterSaving = Callable[[Workspace, User], None]
AFTER_SAVING: Registry[AfterSaving] = Registry("act after a channel was saved")


def tell(workspace: Workspace, *, by: User) -> None:
    """Let everybody who waits for channels look at them."""
    for act in AFTER_SAVING:
        act(workspace, by)
