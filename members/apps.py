"""members: inviting, changing and parting with people."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Inviting, changing and parting with people."""

    name = "members"

    def ready(self) -> None:
        """Find every app's kinds of work, and say how the app below finds an invitation."""
        from accounts.sign_up import find_invitations_by
        from members.invitations import open_invitation
        from members.reassignment import WORKS
        from members.take_back import TAKE_BACK

        find_invitations_by(open_invitation)
        WORKS.discover()
        TAKE_BACK.discover()
