"""workspaces: the wall that nothing passes: workspace, membership, roles."""

from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    """The wall that nothing passes: workspace, membership, roles."""

    name = "workspaces"
