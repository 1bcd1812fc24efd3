"""A person's workspaces, and the settings of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from accounts.mixins import SignedInMixin
from core.exceptions import Refusal
from core.idempotency import uid_from_submission
from core.merging import until_alone
from workspaces.enums import Role
from workspaces.forms import CreateForm, SettingsForm
from workspaces.log import log
from workspaces.models import Membership, Workspace
from workspaces.permissions import ROLE_PERMISSIONS, Permission
from workspaces.services import SETTINGS, change_settings, create_workspace
from workspaces.workspace_view import WorkspaceView
from workspaces.zone_changes import question_after_zone_change


class WorkspaceList(SignedInMixin, TemplateView):
    """The workspaces that the person can come into."""

    template_name = "workspaces/workspace_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        memberships = (
            Membership.objects.active()
            .filter(user=self.person)
            .select_related("workspace", "user")
            .order_by("workspace__name", "pk")
        )
        return super().get_context_data(memberships=list(memberships), **kwargs)


class WorkspaceCreate(SignedInMixin, FormView[CreateForm]):
    """A new workspace, with the person as its admin."""

    template_name = "workspaces/workspace_create.html"
    form_class = CreateForm

    def get_initial(self) -> dict[str, Any]:
        """The person's own time zone is the first guess."""
        return {**super().get_initial(), "timezone": self.person.timezone}

    def form_valid(self, form: CreateForm) -> HttpResponse:
        """Create it, once for one page however often the button was pressed, and go there."""
        values = dict(form.cleaned_data)
        del values["token"]
        uid = uid_from_submission(self.person.uid, "workspace", self.request.POST)
        try:
            workspace = create_workspace(by=self.person, uid=uid, **values)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return redirect("today:today", workspace=workspace.slug)


class WorkspaceSettings(WorkspaceView):
    template_name = "workspaces/workspace_settings.html"
    permission = Permission.EDIT_SETTINGS
    nav = "settings"

    def form(self, data: QueryDict | None = None) -> SettingsForm:
        """Return the form on a copy: a refused name must not stand in the page's frame."""
        return SettingsForm(data, instance=Workspace.objects.get(pk=self.workspace.pk))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(form=self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save what differs; what somebody else saved meanwhile stays, field by field."""
        return until_alone(self.save)

    def save(self) -> HttpResponse:
        """Save once; raises Conflict when somebody else did at the same moment."""
        form = self.form(self.request.POST)
        if form.conflicts:
            log(
                self.workspace,
                by=self.membership.user,
                verb="workspaces.conflict",
                changes=form.both_texts,
            )
            return self.page(form=form, status=409)
        if not form.is_valid():
            return self.page(form=form)
        saved = change_settings(
            self.workspace,
            values={name: form.cleaned_data[name] for name in SETTINGS},
            expected=form.instance.revision,
            by=self.membership.user,
        )
        messages.success(self.request, _("The settings are saved."))
        has_new_zone = saved.timezone != self.workspace.timezone
        if has_new_zone and (question_url := question_after_zone_change(saved)):
            return redirect(question_url)
        return redirect("workspaces:settings", workspace=self.workspace.slug)


class PermissionTable(WorkspaceView):
    """Which role may do what, for every member to read."""

    template_name = "workspaces/permission_table.html"
    nav = "people"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the table as it is in force."""
        rows = [
            (permission.label, [(role, permission in ROLE_PERMISSIONS[role]) for role in Role])
            for permission in Permission
        ]
        return self.page(roles=list(Role), rows=rows, own_role=Role(self.membership.role))
