"""One invented person for each role, where a demo has them."""

from django.utils.translation import gettext_lazy as _

from accounts.demo import DemoSignIn
from workspaces.enums import Role
from workspaces.models import Membership

NOTES = {
    Role.READER: _("reads everything"),
    Role.CONTRIBUTOR: _("ticks off milestones"),
    Role.MARKETER: _("answers the questions"),
    Role.MANAGER: _("reviews and approves"),
    Role.ADMIN: _("looks after people and settings"),
}


def demo_people() -> list[DemoSignIn]:
    """Return the first demo person of each role, lowest role first."""
    members = Membership.objects.active().filter(user__is_demo=True).select_related("user")
    found: dict[str, Membership] = {}
    for member in members.order_by("pk"):
        found.setdefault(member.role, member)
    return [
        DemoSignIn(role.value, role.label, found[role].user, str(NOTES[role]))
        for role in Role
        if role in found
    ]
