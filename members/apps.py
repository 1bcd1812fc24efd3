"""members: inviting, changing and parting with people."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Inviting, changing and parting with people."""

    name = "members"
