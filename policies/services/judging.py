"""What the rules of all policies in force say of a draft."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from core.findings import Severity
from policies.enums import CONCERNING
from policies.models import PolicyVersion, RuleSetting
from policies.rules import RULES, Parameters, PolicyRule, RuleDraft, RuleFinding
from workspaces.enums import Role
from workspaces.models import Workspace

NEVER_WAIT = {Role.MANAGER, Role.ADMIN}


@dataclass(frozen=True)
class ActiveRule:
    """A rule that is on, with the policy in force that it belongs to.

    ``channels`` are the uids of those that the policy holds for, empty for all.
    """

    rule: PolicyRule
    parameters: Parameters
    severity: Severity
    asks_why: bool
    clause: str
    policy: str
    url: str
    concerned: str
    channels: frozenset[str]

    def is_about(self, draft: RuleDraft) -> bool:
        """Whether its policy binds the draft's author on the draft's channel."""
        if self.concerned not in CONCERNING[draft.engagement]:
            return False
        return not self.channels or draft.channel in self.channels


def rules_in_force(workspace: Workspace) -> list[ActiveRule]:
    """Return what holds now: three queries, however many rules and policies there are."""
    now = timezone.now()
    versions = {
        version.policy_id: version
        for version in PolicyVersion.objects.for_workspace(workspace)
        .in_force(now)
        .select_related("policy")
        .prefetch_related("channels")
        .defer("text", "policy__text")
    }
    settings = RuleSetting.objects.for_workspace(workspace).filter(
        is_on=True, policy__in=versions, rule__in=RULES.codes
    )
    return [_active(one, versions[one.policy_id], workspace) for one in settings]


def judge(
    workspace: Workspace, draft: RuleDraft, *, rules: Sequence[ActiveRule] | None = None
) -> list[RuleFinding]:
    """Return what is to look at in a draft, gravest first.

    Where many drafts are judged, ``rules_in_force`` are read once and given with each.
    """
    found: dict[tuple[str, str], RuleFinding] = {}
    for active in rules_in_force(workspace) if rules is None else rules:
        for finding in _findings(active, draft) if active.is_about(draft) else ():
            key = finding.code, finding.sentence
            if key not in found or finding.severity.rank < found[key].severity.rank:
                found[key] = finding
    return sorted(found.values(), key=lambda finding: finding.severity.rank)


def _findings(active: ActiveRule, draft: RuleDraft) -> Iterator[RuleFinding]:
    for hit in active.rule.judge(draft, active.parameters):
        severity = hit.severity or active.severity
        if severity == Severity.NEEDS_APPROVAL and draft.role in NEVER_WAIT:
            severity = Severity.WARNING  # a manager's post waits for nobody
        yield RuleFinding(
            severity=severity,
            code=hit.code,
            sentence=hit.sentence,
            rule=active.rule.code,
            policy=active.policy,
            clause=active.clause,
            url=active.url,
            asks_why=active.asks_why and severity != Severity.BLOCKER,  # nobody goes on
        )


def _active(setting: RuleSetting, version: PolicyVersion, workspace: Workspace) -> ActiveRule:
    rule = RULES[setting.rule]
    version.policy.workspace = workspace
    return ActiveRule(
        rule=rule,
        parameters=Parameters(rule.parameters, setting.parameters),
        severity=Severity(setting.severity),
        asks_why=setting.asks_why,
        clause=setting.clause,
        policy=version.title,
        url=version.policy.get_absolute_url(),
        concerned=version.concerned,
        channels=frozenset(str(channel.uid) for channel in version.channels.all()),
    )
