"""workspaces: the wall that nothing passes: workspace, membership, roles."""

from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    """The wall that nothing passes: workspace, membership, roles."""

    name = "workspaces"

    def ready(self) -> None:
        """Find what follows a change of zone; tell the app below how a demo's people are listed."""
        from accounts.demo import list_demo_people_by
        from workspaces.demo_people import demo_people
        from workspaces.zone_changes import ZONE_CHANGES

        list_demo_people_by(demo_people)
        ZONE_CHANGES.discover()
