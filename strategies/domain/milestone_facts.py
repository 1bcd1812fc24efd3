"""What makes a milestone of a kind done by itself: a registry of facts, one entry each.

An app registers its own in ``<app>/milestone_facts.py``, which is found by name. A kind without
an entry is done when somebody says so.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from core.registry import Registry
from strategies.domain.answers import Answers, load_answers
from strategies.models import Milestone, Strategy
from workspaces.models import Workspace


class Now:
    """How things stand in a workspace, each strategy's answers read once."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._answers: dict[int, Answers] = {}

    def answers(self, strategy: Strategy) -> Answers:
        """Return the answers as they are now."""
        if strategy.pk not in self._answers:
            self._answers[strategy.pk] = load_answers(strategy)
        return self._answers[strategy.pk]


Holding = Callable[[Sequence[Milestone], Now], Mapping[int, str]]


@dataclass(frozen=True)
class MilestoneFact:
    """``holding`` returns those of some milestones whose fact is true now.

    By primary key, with the sentence that says what made it true.
    """

    kind: str
    holding: Holding


MILESTONE_FACTS: Registry[MilestoneFact] = Registry("milestone fact", module="milestone_facts")


def register(fact: MilestoneFact) -> None:
    """Make known what ends milestones of a kind."""
    MILESTONE_FACTS.register(fact.kind, fact)


def holding(milestones: Iterable[Milestone], workspace: Workspace) -> dict[int, str]:
    """Return those of ``milestones`` whose fact is true now; their strategy must be loaded."""
    now = Now(workspace)
    found: dict[int, str] = {}
    with_fact = [one for one in milestones if one.kind in MILESTONE_FACTS]
    for kind, group in groupby(sorted(with_fact, key=_kind), key=_kind):
        found.update(MILESTONE_FACTS[kind].holding(list(group), now))
    return found


def _kind(milestone: Milestone) -> str:
    return milestone.kind
