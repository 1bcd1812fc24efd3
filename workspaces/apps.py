"""workspaces: the wall that nothing passes: workspace, membership, roles."""

from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    """The wall that nothing passes: workspace, membership, roles."""

    name = "workspaces"

    def ready(self) -> None:
        """Find what follows a change of zone, and what can be found; tell the app below how a demo's people are listed."""
        from accounts.demo import list_demo_people_by
        from workspaces.demo_people import demo_people
        from workspaces.find import FIND_SOURCES
        from workspaces.zone_changes import ZONE_CHANGES

        list_demo_people_by(demo_people)
        ZONE_CHANGES.discover()
        FIND_SOURCES.discover()
