"""The base of every page of a workspace."""

from typing import Any, ClassVar, TypeVar

from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from workspaces.models import Membership, Workspace, membership_of
from workspaces.permissions import Permission

#: Where the session keeps the workspace that was visited last; written only when it changes.
LAST_WORKSPACE = "workspace"

M = TypeVar("M", bound=Model)


def frame_of(membership: Membership, *, nav: str = "") -> dict[str, Any]:
    """Return what the frame around a page of the member's workspace needs."""
    return {
        "workspace": membership.workspace,
        "membership": membership,
        "nav": nav,
        "may": {permission.value: membership.can(permission) for permission in Permission},
    }


class WorkspaceView(AccessMixin, View):
    """Turn the address into ``self.workspace`` and a checked ``self.membership``.

    A stranger gets 404 (the workspace is not shown to exist), a member without the view's
    ``permission`` 403, an anonymous visitor the sign-in. ``get`` and ``post`` answer with
    ``self.page(…)`` or a redirect.
    """

    template_name: ClassVar[str] = ""
    permission: ClassVar[Permission] = Permission.VIEW
    nav: ClassVar[str] = ""
    is_visit: ClassVar[bool] = True  # False for what an open page asks by itself
    workspace: Workspace
    membership: Membership

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Check the membership before anything else is looked up."""
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        membership = membership_of(request.user, kwargs["workspace"])
        if membership is None:
            raise Http404
        self.membership, self.workspace = membership, membership.workspace
        if not membership.can(self.permission):
            raise PermissionDenied
        if self.is_visit and request.session.get(LAST_WORKSPACE) != self.workspace.slug:
            request.session[LAST_WORKSPACE] = self.workspace.slug
        self.load_objects()
        return super().dispatch(request, *args, **kwargs)

    def load_objects(self) -> None:
        """Look up what the address names inside the workspace, or raise Http404."""

    def frame(self) -> dict[str, Any]:
        """Return the context that all pages of this view share."""
        return frame_of(self.membership, nav=self.nav)

    def page(self, template: str = "", *, status: int = 200, **context: Any) -> HttpResponse:
        """Render ``template``, or the view's own, with the frame and ``context``."""
        template = template or self.template_name
        return render(self.request, template, {**self.frame(), **context}, status=status)

    def page_of(self, found: QuerySet[M], *, size: int) -> Page[M]:
        """Return the part of a long list that ``?page=`` asks for, or raise Http404."""
        paginator = Paginator(found, size)
        number = self.request.GET.get("page") or 1
        try:
            return paginator.page(paginator.num_pages if number == "last" else number)
        except InvalidPage as error:
            raise Http404(_("There is no such page.")) from error
