"""What is taken back from a leaver: their accesses to channels."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.text import isolated
from members.take_back import TAKE_BACK, Held
from networks.models import AccessGrant
from workspaces.models import Membership


def accesses_of(member: Membership) -> Held | None:
    grants = AccessGrant.objects.for_workspace(member.workspace).current().filter(member=member)
    found = list(grants.with_people().in_order())
    if not found:
        return None
    lines = [
        _("%(channel)s, %(level)s")
        % {"channel": isolated(grant.channel), "level": grant.get_level_display()}
        for grant in found
    ]
    url = reverse("networks:leaver_list", args=[member.workspace.slug, member.uid])
    return Held(_("Access to channels"), lines, url)


TAKE_BACK.register("networks.access", accesses_of)
