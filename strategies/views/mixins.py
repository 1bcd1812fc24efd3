"""The base of every page of one strategy."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from strategies.domain.answers import Answers, load_answers
from strategies.domain.checks import AnswerFinding, run_checks
from strategies.models import Strategy, StrategyVersion
from strategies.services.versions import can_be_decided, overlap_of
from workspaces.permissions import Permission
from workspaces.workspace_view import WorkspaceView


class StrategyView(WorkspaceView):
    """Turn the address into ``self.strategy``, looked up inside the workspace only.

    Its answers and findings are read when a page first asks for them.
    """

    nav = "strategy"
    strategy: Strategy

    def load_objects(self) -> None:
        """Find the strategy, once the membership has been checked."""
        self.strategy = get_object_or_404(
            Strategy.objects.for_workspace(self.workspace),
            uid=self.kwargs["strategy"],
        )
        self.strategy.workspace = self.workspace

    @property
    def may_answer(self) -> bool:
        """Whether this person may answer, and the strategy is open."""
        return self.strategy.is_open and self.membership.can(Permission.EDIT_STRATEGY)

    def frame(self) -> dict[str, Any]:
        """The frame's context, and the strategy."""
        return {**super().frame(), "strategy": self.strategy}

    @cached_property
    def answers(self) -> Answers:
        """The answers as they are now."""
        return load_answers(self.strategy)

    @cached_property
    def findings(self) -> list[AnswerFinding]:
        """What is to look at, in the whole strategy; nothing where nothing can be mended."""
        if not self.strategy.is_open:
            return []
        decided = can_be_decided(self.workspace, author=self.membership.user)
        today = self.workspace.today()
        return run_checks(self.answers, self.strategy, reviewers_available=decided, today=today)

    def forget(self) -> None:
        """Read the answers and the findings again: something was saved."""
        self.__dict__.pop("answers", None)
        self.__dict__.pop("findings", None)

    @property
    def overlap(self) -> StrategyVersion | None:
        """The approved version of another strategy that holds on a day of this one's period."""
        days = self.answers.period.days
        return overlap_of(self.strategy, *days) if days else None
