"""Whom reminders about the access register go to, and what is still to be told."""

from collections.abc import Sequence

from networks.models import Channel
from workspaces.models import Membership, Workspace
from workspaces.permissions import Permission

WHY_OWNER, WHY_ADMIN = "owner", "admin"


class Keepers:
    """Who keeps the access register of each channel of a workspace, looked up once."""

    def __init__(self, workspace: Workspace) -> None:
        here = Membership.objects.for_workspace(workspace).active()
        self._editors = set(here.who_can(Permission.EDIT_CHANNELS).values_list("pk", flat=True))
        self._admins = list(here.who_can(Permission.MANAGE_MEMBERS).by_name())

    def of(self, channel: Channel) -> tuple[Sequence[Membership], str]:
        """Return the owner, or the admins where no owner can do it, and why it is them."""
        if channel.owner is not None and channel.owner.pk in self._editors:
            return [channel.owner], WHY_OWNER
        return self._admins, WHY_ADMIN
