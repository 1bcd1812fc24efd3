"""The door of every page of a workspace."""

from typing import Any, ClassVar

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from workspaces.models import Membership, Workspace, membership_of
from workspaces.permissions import Permission

#: Where the session keeps the workspace that was visited last; written only when it changes.
LAST_WORKSPACE = "workspace"


def frame_of(membership: Membership, *, nav: str = "") -> dict[str, Any]:
    """Return what the frame around a page of the member's workspace needs."""
    return {
        "workspace": membership.workspace,
        "membership": membership,
        "nav": nav,
        "may": {permission.value: membership.can(permission) for permission in Permission},
    }


class WorkspaceMixin(LoginRequiredMixin):
    """Turn the address into ``self.workspace`` and a checked ``self.membership``.

    A stranger gets 404 (the workspace is not shown to exist), a member without the view's
    ``permission`` 403, an anonymous visitor the sign-in.
    """

    permission: ClassVar[Permission] = Permission.VIEW
    nav: ClassVar[str] = ""
    workspace: Workspace
    membership: Membership

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in or turn away before anything else is looked up."""
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        membership = membership_of(request.user, kwargs["workspace"])
        if membership is None:
            raise Http404
        self.membership, self.workspace = membership, membership.workspace
        if not membership.can(self.permission):
            raise PermissionDenied
        if request.session.get(LAST_WORKSPACE) != self.workspace.slug:
            request.session[LAST_WORKSPACE] = self.workspace.slug
        self.load_objects()
        return super().dispatch(request, *args, **kwargs)

    def load_objects(self) -> None:
        """Look up what the address names inside the workspace; mixins above add theirs here."""

    def frame(self) -> dict[str, Any]:
        """What the frame around every page of a workspace needs."""
        return frame_of(self.membership, nav=self.nav)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the frame's context; for plain ``View`` use ``frame()`` itself."""
        return {**super().get_context_data(**kwargs), **self.frame()}  # type: ignore[misc]
