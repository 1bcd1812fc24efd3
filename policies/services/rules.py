"""Switching rules on and off, and setting them."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from activity.services import record
from core.exceptions import Conflict
from core.rows import claim_revision
from policies.models import Policy, RuleSetting
from policies.rules import RULES, PolicyRule

FIELDS = ("is_on", "severity", "asks_why", "clause")


def setting_of(policy: Policy, rule: PolicyRule) -> RuleSetting:
    """Return how a rule is set in a policy; where nobody has, off and with its defaults."""
    found = RuleSetting.objects.filter(policy=policy, rule=rule.code).first()
    return found or RuleSetting(policy=policy, rule=rule.code, severity=rule.severity)


def settings_of(policy: Policy) -> list[tuple[PolicyRule, RuleSetting]]:
    """Return every rule with how it is set in a policy: one query."""
    found = {setting.rule: setting for setting in policy.rule_settings.all()}
    return [
        (
            rule,
            found.get(rule.code)
            or RuleSetting(policy=policy, rule=rule.code, severity=rule.severity),
        )
        for rule in RULES
    ]


@transaction.atomic
def save_rule(
    policy: Policy,
    rule: PolicyRule,
    values: Mapping[str, Any],
    *,
    expected: int,
    by: User,
) -> RuleSetting:
    """Write what differs in ``values`` (``FIELDS`` and the rule's parameters).

    Raises Conflict when somebody saved after ``expected``; a rule that nobody has set is at 1.
    """
    now = setting_of(policy, rule)
    before = values_of(now, rule)
    changes = {
        name: [before[name], values[name]]
        for name in before
        if name in values and values[name] != before[name]
    }
    if not changes:
        return now
    for name in FIELDS:
        setattr(now, name, values.get(name, before[name]))
    now.parameters = {one.name: values.get(one.name, before[one.name]) for one in rule.parameters}
    now.updated_by, now.updated_at = by, timezone.now()
    if now.pk:
        claim_revision(now, expected)
        now.save(update_fields=[*FIELDS, "parameters", "updated_by", "updated_at"])
    else:
        now.revision = expected + 1
        try:
            with transaction.atomic():
                now.save(force_insert=True)
        except IntegrityError as error:  # somebody else set it at the same moment
            raise Conflict from error
    _record(policy, rule, "policies.rule_saved", by=by, changes=changes)
    return now


@transaction.atomic
def record_rule_conflict(
    policy: Policy, rule: PolicyRule, *, both: Mapping[str, list[str]], by: User
) -> None:
    """Keep in the log both texts of fields that two people changed: {field: [saved, typed]}."""
    _record(policy, rule, "policies.rule_conflict", by=by, changes=dict(both))


def values_of(setting: RuleSetting, rule: PolicyRule) -> dict[str, Any]:
    """Return the fields and the parameters of a setting; what is not set has its default."""
    fields = {name: getattr(setting, name) for name in FIELDS}
    return fields | {
        one.name: setting.parameters.get(one.name, one.default) for one in rule.parameters
    }


def _record(
    policy: Policy, rule: PolicyRule, verb: str, *, by: User, changes: dict[str, list[Any]]
) -> None:
    record(
        policy.workspace,
        by=by,
        verb=verb,
        subject=("policy", str(policy.uid)),
        label=str(rule.title),
        changes=changes,
    )
