"""One invented person for each role, where a demo has them."""

from django.utils.translation import gettext_lazy as _

from accounts.demo import DemoSignIn
from workspaces.enums import Role
from workspaces.models import Membership

NOTES = {
    Role.READER: _("Reads everything"),
    Role.CONTRIBUTOR: _("Ticks off milestones"),
    Role.MARKETER: _("Answers the questions"),
    Role.MANAGER: _("Reviews and approves"),
    Role.ADMIN: _("Looks after people and settings"),
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
