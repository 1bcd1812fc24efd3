"""What is planned, as rules see it: a registry that apps above fill, so that a rule can be counted.

An app registers its own in ``<app>/planned_drafts.py``, which is found by name.
"""

from collections.abc import Sequence
from typing import Protocol

from core.registry import Registry
from policies.rules.draft import RuleDraft
from workspaces.models import Workspace


class PlannedDrafts(Protocol):
    """Return for each planned post one draft for each of its channels, in few queries."""

    def __call__(self, workspace: Workspace) -> Sequence[Sequence[RuleDraft]]: ...


PLANNED_DRAFTS: Registry[PlannedDrafts] = Registry(
    "source of planned drafts", module="planned_drafts"
)
