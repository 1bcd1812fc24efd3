"""What happens elsewhere when a policy is published: a registry, one entry each.

An app above registers its own in ``<app>/after_publishing.py``, which is found by name. Entries run
inside the transaction that publishes.
"""

from typing import Protocol

from accounts.models import User
from core.registry import Registry
from workspaces.models import Workspace


class AfterPublishing(Protocol):
    def __call__(self, workspace: Workspace, *, by: User) -> None: ...


AFTER_PUBLISHING: Registry[AfterPublishing] = Registry(
    "action after publishing a policy", module="after_publishing"
)
