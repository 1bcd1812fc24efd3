"""The door of every page of one strategy."""

from typing import Any

from django.shortcuts import get_object_or_404

from strategies.models import Strategy
from workspaces.mixins import WorkspaceMixin


class StrategyMixin(WorkspaceMixin):
    """Turn the address into ``self.strategy``, looked up inside the workspace only."""

    nav = "strategy"
    strategy: Strategy

    def let_in(self) -> None:
        """Find the strategy, once the membership has been checked."""
        self.strategy = get_object_or_404(
            Strategy.objects.for_workspace(self.workspace),
            uid=self.kwargs["strategy"],  # type: ignore[attr-defined]
        )
        self.strategy.workspace = self.workspace

    def frame(self) -> dict[str, Any]:
        """The frame's context, and the strategy."""
        return {**super().frame(), "strategy": self.strategy}
