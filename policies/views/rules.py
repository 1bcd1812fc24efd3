"""The pages of rules: which are on, how each is set, and what they say of a text."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.merging import until_alone
from core.text import isolated
from policies.domain.text import clauses_of
from policies.enums import GoodReason
from policies.forms.rules import RuleForm, TryForm
from policies.models import RuleSetting
from policies.rules import RULES, PolicyRule
from policies.services.counting import Concern, concerns_of
from policies.services.judging import judge, rules_in_force
from policies.services.rules import record_rule_conflict, save_rule, setting_of, settings_of
from policies.views.mixins import PolicyMixin
from workspaces.permissions import Permission
from workspaces.workspace_view import WorkspaceView


class RuleList(PolicyMixin):
    """Every rule there is, with how it is set in this policy."""

    template_name = "policies/rule_list.html"
    permission = Permission.DRAFT_POLICIES

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        lines = settings_of(self.policy)
        concerns = concerns_of(self.policy, self.workspace, lines)
        return self.page(
            policy=self.policy,
            lines=[(rule, setting, concerns[rule.code]) for rule, setting in lines],
            is_published=self.is_published(),
        )

    def is_published(self) -> bool:
        return self.policy.versions.standing().exists()


class RuleEdit(PolicyMixin):
    """Switch a rule on or off and set it; a change by somebody else is merged, field by field."""

    template_name = "policies/rule_form.html"
    permission = Permission.PUBLISH_POLICIES
    rule: PolicyRule

    def load_objects(self) -> None:
        super().load_objects()
        rule = RULES.get(self.kwargs["rule"])
        if rule is None:
            raise Http404
        self.rule = rule

    def form(self, setting: RuleSetting, data: QueryDict | None = None) -> RuleForm:
        """Return the form over what is saved now."""
        titles = [clause.title for clause in clauses_of(self.policy.text)]
        return RuleForm(data, setting=setting, rule=self.rule, clauses=titles)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        setting = setting_of(self.policy, self.rule)
        return self.page(
            form=self.form(setting),
            policy=self.policy,
            rule=self.rule,
            concern=self.concern(setting),
        )

    def concern(self, setting: RuleSetting) -> Concern:
        """Return how many planned posts the rule concerns as it is set."""
        found = concerns_of(self.policy, self.workspace, [(self.rule, setting)])
        return found[self.rule.code]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return until_alone(self.save)

    def save(self) -> HttpResponse:
        """Save once; raises Conflict when somebody else did at the same moment."""
        setting = setting_of(self.policy, self.rule)
        form = self.form(setting, self.request.POST)
        by = self.membership.user
        shown: dict[str, Any] = {
            "form": form,
            "policy": self.policy,
            "rule": self.rule,
            "concern": self.concern(setting),
        }
        if form.conflicts:
            record_rule_conflict(self.policy, self.rule, both=form.both_texts, by=by)
            return self.page(**shown, saved=setting, status=409)
        if not form.is_valid():
            return self.page(**shown)
        saved = save_rule(self.policy, self.rule, form.values, expected=setting.revision, by=by)
        words = {"rule": isolated(self.rule.title), "concern": self.concern(saved).words}
        sentence = (
            _("The rule “%(rule)s” is on. %(concern)s.")
            if saved.is_on
            else _("The rule “%(rule)s” was saved; it is off.")
        )
        messages.success(self.request, sentence % words)
        return redirect(f"{self.url('rules')}#rule-{self.rule.code}")


class TryRules(WorkspaceView):
    """Paste a post and see what the rules say of it; nothing is kept."""

    template_name = "policies/try.html"
    nav = "policies"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(form=TryForm(workspace=self.workspace), number=self.number())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = TryForm(request.POST, workspace=self.workspace)
        if not form.is_valid():
            return self.page(form=form, number=self.number())
        rules = rules_in_force(self.workspace)
        return self.page(
            form=form,
            number=len(rules),
            was_tried=True,
            findings=judge(self.workspace, form.draft, rules=rules),
            reasons=GoodReason.choices,
        )

    def number(self) -> int:
        return len(rules_in_force(self.workspace))
