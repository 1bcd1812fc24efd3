"""How many planned posts a rule concerns, before anybody switches it on.

What is planned is known to apps above: an app registers its own in ``<app>/planned_drafts.py``, which
is found by name.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import ngettext

from core.registry import Registry
from policies.models import Policy, RuleSetting
from policies.rules import PolicyRule, RuleDraft
from policies.services.judging import ActiveRule, active_rule, findings_by
from workspaces.models import Workspace


class PlannedDrafts(Protocol):
    """Return for each planned post one draft for each of its channels, in few queries."""

    def __call__(self, workspace: Workspace) -> Sequence[Sequence[RuleDraft]]: ...


PLANNED_DRAFTS: Registry[PlannedDrafts] = Registry(
    "source of planned drafts", module="planned_drafts"
)


@dataclass(frozen=True)
class Concern:
    """A rule concerns ``number`` of ``planned`` posts."""

    number: int
    planned: int

    @property
    def words(self) -> str:
        return ngettext(
            "Concerns %(number)d of %(planned)d planned post",
            "Concerns %(number)d of %(planned)d planned posts",
            self.planned,
        ) % {"number": self.number, "planned": self.planned}


def concerns_of(
    policy: Policy, workspace: Workspace, lines: Collection[tuple[PolicyRule, RuleSetting]]
) -> Mapping[str, Concern]:
    """Return for each rule how many planned posts it would concern, as it is set, by its code.

    Rules are counted as if they were on and the policy in force as it is being written. The number
    of queries grows neither with rules nor with posts.
    """
    posts = [drafts for source in PLANNED_DRAFTS for drafts in source(workspace)]
    channels = frozenset(str(uid) for uid in policy.channels.values_list("uid", flat=True))
    return {
        rule.code: Concern(
            sum(_is_concerned(active, drafts) for drafts in posts), planned=len(posts)
        )
        for rule, setting in lines
        for active in [active_rule(rule, setting, policy, policy.concerned, channels)]
    }


def _is_concerned(active: ActiveRule, drafts: Sequence[RuleDraft]) -> bool:
    return any(any(True for _hit in findings_by(active, draft)) for draft in drafts)
