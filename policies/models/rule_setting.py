"""A rule of a policy as an admin set it."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from core.rows import Revisioned
from policies.models.policy import Policy, PolicyVersion
from workspaces.models import Workspace


class RuleSettingQuerySet(models.QuerySet["RuleSetting"]):
    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(policy__workspace=workspace)

    def in_force(self, now: datetime) -> Self:
        """Those that are on, of policies that have been published and are not archived."""
        published = PolicyVersion.objects.published(now).filter(policy=OuterRef("policy"))
        return self.filter(Exists(published), is_on=True, policy__archived_at__isnull=True)


class RuleSetting(Revisioned):
    """One rule of one policy: on or off, how grave it is, and its parameters.

    ``rule`` is a code of ``policies.rules``; a rule without a row is off, with its defaults.
    ``clause`` is the title of the section that it belongs to, empty for the whole policy.
    """

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="rule_settings")
    rule = models.CharField(max_length=40, editable=False)
    is_on = models.BooleanField(_("this rule is on"), default=False)
    severity = models.CharField(_("how grave it is"), max_length=20, choices=Severity.choices)
    asks_why = models.BooleanField(
        _("ask why when somebody goes on all the same"),
        default=False,
        help_text=_("The writer chooses one of four reasons, or writes another one."),
    )
    clause = models.CharField(_("belongs to the clause"), max_length=300, blank=True)
    parameters: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        default=dict, blank=True, editable=False
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    objects: ClassVar[RuleSettingQuerySet] = RuleSettingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("rule of a policy")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "rule"], name="policy_rule_once"),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="policy_rule_severity_known"
            ),
        ]

    def __str__(self) -> str:
        return self.rule
