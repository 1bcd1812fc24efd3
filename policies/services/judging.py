"""What the rules of all policies in force say of a draft."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from core.findings import Severity
from policies.enums import CONCERNING
from policies.models import Policy, PolicyVersion, RuleSetting
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
        for finding in findings_by(active, draft):
            key = finding.code, finding.sentence
            if key not in found or finding.severity.rank < found[key].severity.rank:
                found[key] = finding
    return sorted(found.values(), key=lambda finding: finding.severity.rank)


def findings_by(active: ActiveRule, draft: RuleDraft) -> Iterator[RuleFinding]:
    """Yield what one rule says of a draft, nothing where it does not bind it."""
    if not active.is_about(draft):
        return
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
            # Of a blocker nobody goes on; of what the rule itself weighs there is nothing to say.
            asks_why=active.asks_why and hit.severity is None and severity != Severity.BLOCKER,
            tag=hit.tag,
        )


def _active(setting: RuleSetting, version: PolicyVersion, workspace: Workspace) -> ActiveRule:
    version.policy.workspace = workspace
    channels = frozenset(str(channel.uid) for channel in version.channels.all())
    return active_rule(
        RULES[setting.rule],
        setting,
        version.policy,
        version.concerned,
        channels,
        title=version.title,
    )


def active_rule(
    rule: PolicyRule,
    setting: RuleSetting,
    policy: Policy,
    concerned: str,
    channels: frozenset[str],
    *,
    title: str = "",
) -> ActiveRule:
    """Return a rule as it is set, for whom and where a policy holds."""
    return ActiveRule(
        rule=rule,
        parameters=Parameters(rule.parameters, setting.parameters),
        severity=Severity(setting.severity),
        asks_why=setting.asks_why,
        clause=setting.clause,
        policy=title or policy.title,
        url=policy.get_absolute_url(),
        concerned=concerned,
        channels=channels,
    )
