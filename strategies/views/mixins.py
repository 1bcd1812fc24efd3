"""The base of every page of one strategy."""

from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from accounts.models import User
from policies.services.access import has_policy_for_externals
from strategies.domain.answers import Answers, answers_of, load_answers
from strategies.domain.checks import AnswerFinding, run_checks
from strategies.domain.sameness import changed_kinds
from strategies.models import Strategy, StrategyVersion
from strategies.services.changes import last_changed_by
from strategies.services.versions import can_be_decided, overlap_of
from workspaces.permissions import Permission
from workspaces.workspace_view import WorkspaceView


@dataclass(frozen=True)
class DraftState:
    """The answers now beside ``version``, which is approved.

    ``is_read``: the page shows them. ``by`` wrote last; ``waiting`` was submitted since.
    """

    version: StrategyVersion
    is_changed: bool
    is_read: bool
    by: User | None = None
    waiting: StrategyVersion | None = None


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
        """The frame's context, the strategy, and how it stands beside what was approved."""
        return {**super().frame(), "strategy": self.strategy, "draft": lambda: self.draft}

    @cached_property
    def approved(self) -> StrategyVersion | None:
        """The version of it that was approved, if there is one."""
        found = self.strategy.versions.approved().first()
        if found:
            found.strategy = self.strategy
        return found

    @cached_property
    def is_draft_read(self) -> bool:
        """Whether the page shows the answers as they are now, or those that were approved.

        Who only reads sees what was approved, unless they ask for the draft (``?draft=1``).
        """
        return self.may_answer or self.request.GET.get("draft") == "1" or self.approved is None

    @cached_property
    def draft(self) -> DraftState | None:
        """How the answers now stand beside those approved; None where nothing is approved."""
        if self.approved is None or not self.strategy.is_open:
            return None
        now = self.answers if self.is_draft_read else load_answers(self.strategy)
        changed = changed_kinds(answers_of(self.approved), now)
        waiting = self.strategy.versions.waiting().without_snapshot().first()
        by = last_changed_by(self.strategy, self.approved, changed) if changed else None
        return DraftState(self.approved, bool(changed), self.is_draft_read, by, waiting)

    @cached_property
    def answers(self) -> Answers:
        """The answers as they are now; for those who only read, as they were approved."""
        if self.approved is not None and not self.is_draft_read:
            return answers_of(self.approved)
        return load_answers(self.strategy)

    @cached_property
    def findings(self) -> list[AnswerFinding]:
        """What is to look at, in the whole strategy; nothing where nothing can be mended."""
        if not self.strategy.is_open or not self.is_draft_read:
            return []
        decided = can_be_decided(self.workspace, author=self.membership.user)
        today = self.workspace.today()
        return run_checks(
            self.answers,
            self.strategy,
            reviewers_available=decided,
            today=today,
            policy_for_externals=has_policy_for_externals(self.workspace),
        )

    def forget(self) -> None:
        """Read the answers and the findings again: something was saved."""
        for name in ("answers", "findings", "draft"):
            self.__dict__.pop(name, None)

    @property
    def overlap(self) -> StrategyVersion | None:
        """The approved version of another strategy that holds on a day of this one's period."""
        days = self.answers.period.days
        return overlap_of(self.strategy, *days) if days else None
