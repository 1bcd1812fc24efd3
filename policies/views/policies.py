"""The pages on which policies are listed, written and published."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import Conflict, Refusal
from core.idempotency import uid_from_submission
from core.merging import until_alone
from core.messages import success_with_undo
from core.placeholders import placeholders
from core.text import date_text, isolated
from policies.domain.text import empty_sections
from policies.forms.policies import PolicyAddForm, PolicyForm, PublishForm
from policies.models import Policy
from policies.presentation.document import document_of
from policies.presentation.policy_list import policy_lines
from policies.rules import PolicyRule
from policies.services.counting import Concern, concerns_of
from policies.services.policies import (
    add_policy,
    archive_policy,
    is_as_published,
    number_concerned,
    publish_policy,
    record_conflict,
    restore_policy,
    save_policy,
    withdraw_version,
)
from policies.services.rules import settings_of
from policies.views.mixins import PolicyMixin, VersionMixin
from workspaces.permissions import Permission
from workspaces.workspace_view import WorkspaceView


class PolicyList(WorkspaceView):
    """All policies: those in force first, then drafts and, folded, what is archived."""

    template_name = "policies/policy_list.html"
    nav = "policies"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        lines = policy_lines(self.membership, timezone.now())
        return self.page(
            lines=[line for line in lines if not line.policy.archived_at],
            archived=[line for line in lines if line.policy.archived_at],
        )


class PolicyAdd(WorkspaceView):
    template_name = "policies/policy_add.html"
    nav = "policies"
    permission = Permission.DRAFT_POLICIES

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(form=PolicyAddForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Begin it, once for one page however often the button was pressed."""
        form = PolicyAddForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form=form)
        try:
            policy = add_policy(
                self.workspace,
                form.values,
                by=self.membership.user,
                uid=uid_from_submission(self.membership.uid, "policy", request.POST),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.page(form=form)
        return redirect("policies:edit", self.workspace.slug, policy.uid)


class PolicyEdit(PolicyMixin):
    """Write a policy; a change by somebody else in between is merged, field by field."""

    template_name = "policies/policy_form.html"
    permission = Permission.DRAFT_POLICIES

    def form(self, data: QueryDict | None = None) -> PolicyForm:
        """Return the form over what is saved now."""
        saved = Policy.objects.select_related("updated_by").get(pk=self.policy.pk)
        return PolicyForm(data, workspace=self.workspace, instance=saved)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(form=self.form(), policy=self.policy)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return until_alone(self.save)

    def save(self) -> HttpResponse:
        """Save once; raises Conflict when somebody else did at the same moment."""
        form = self.form(self.request.POST)
        # Validating writes what was typed into the form's instance; what is stored is read anew.
        saved, revision = self.policy, form.instance.revision
        if form.conflicts:
            record_conflict(form.instance, both=form.both_texts, by=self.membership.user)
            return self.page(form=form, policy=saved, saved=form.instance, status=409)
        if not form.is_valid():
            return self.page(form=form, policy=saved)
        try:
            save_policy(saved, form.values, expected=revision, by=self.membership.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.page(form=form, policy=saved, status=409)
        messages.success(
            self.request, _("“%(policy)s” was saved.") % {"policy": isolated(form.values["title"])}
        )
        return redirect(self.url("draft"))


class DraftView(PolicyMixin):
    """The text as it is being written, beside what is in force; from here it is published."""

    template_name = "policies/policy_draft.html"
    permission = Permission.DRAFT_POLICIES

    def draft(self, form: PublishForm | None = None, *, status: int = 200) -> HttpResponse:
        """Return the page, with ``form`` as it came back or a new one."""
        policy = Policy.objects.select_related("updated_by").get(pk=self.policy.pk)
        latest = policy.versions.standing().select_related("published_by").first()
        channels = list(policy.channels.in_order())
        return self.page(
            status=status,
            policy=policy,
            latest=latest,
            coming=latest if latest and latest.is_coming(timezone.now()) else None,
            document=document_of(policy.text, before=latest.text if latest else None),
            channels=channels,
            is_as_published=latest is not None and is_as_published(policy, latest, channels),
            rules=self.rules(policy),
            left=placeholders(policy.text),
            empty=empty_sections(policy.text),
            readers=number_concerned(policy, timezone.now()),
            form=form
            or PublishForm(is_first=latest is None, initial={"revision": policy.revision}),
        )

    def rules(self, policy: Policy) -> list[tuple[PolicyRule, Concern]]:
        """Return the rules that are on, each with how many planned posts it concerns."""
        lines = [(rule, setting) for rule, setting in settings_of(policy) if setting.is_on]
        if not lines:
            return []
        concerns = concerns_of(policy, self.workspace, lines)
        return [(rule, concerns[rule.code]) for rule, _setting in lines]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.draft()


class PolicyPublish(DraftView):
    permission = Permission.PUBLISH_POLICIES

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect(self.url("draft"))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Publish what the page showed, not what somebody has changed since."""
        is_first = not self.policy.versions.standing().exists()
        form = PublishForm(request.POST.dict(), is_first=is_first)
        if not form.is_valid():
            return self.draft(form)
        try:
            version = publish_policy(
                self.policy,
                form.publication,
                expected=form.cleaned_data["revision"],
                by=self.membership.user,
            )
        except Conflict:
            revision = Policy.objects.values_list("revision", flat=True).get(pk=self.policy.pk)
            form.data = {**request.POST.dict(), "revision": str(revision)}
            form.add_error(
                None,
                _("The policy was changed or published meanwhile. Look at it again, as it is now."),
            )
            return self.draft(form, status=409)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.draft(form, status=409)
        if version.is_coming(timezone.now()):
            words = {
                "number": version.number,
                "day": date_text(self.workspace.today(version.in_force_at)),
            }
            messages.success(request, _("Version %(number)d comes into force on %(day)s.") % words)
            return redirect(self.url("draft"))
        messages.success(request, _("Version %(number)d is in force.") % {"number": version.number})
        return redirect(self.url("policy"))


class VersionWithdraw(VersionMixin):
    permission = Permission.PUBLISH_POLICIES

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Take a version back before its day."""
        try:
            withdraw_version(self.version, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request,
                _("Version %(number)d was taken back.") % {"number": self.version.number},
            )
        return redirect(self.url("draft"))


class PolicyArchive(PolicyMixin):
    permission = Permission.PUBLISH_POLICIES

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Archive it and offer to take that back."""
        archive_policy(self.policy, by=self.membership.user)
        success_with_undo(
            request,
            _("%(policy)s was archived.") % {"policy": isolated(self.policy)},
            self.url("restore"),
        )
        return redirect(reverse("policies:list", args=[self.workspace.slug]))


class PolicyRestore(PolicyMixin):
    permission = Permission.PUBLISH_POLICIES

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        try:
            restore_policy(self.policy, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(policy)s is back.") % {"policy": isolated(self.policy)})
        return redirect(reverse("policies:list", args=[self.workspace.slug]))
