"""The base of a workspace's pages for Django's generic views."""

from typing import Any

from workspaces.workspace_view import WorkspaceView


class WorkspaceMixin(WorkspaceView):
    """``WorkspaceView`` for use with Django's generic views."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **self.frame()}  # type: ignore[misc]
