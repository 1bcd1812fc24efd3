"""What the log says of people."""

from django.utils.translation import gettext_lazy as _

from activity.activity_types import register
from workspaces.enums import Engagement, Role

FIELDS = {
    "role": _("Role"),
    "engagement": _("Engagement"),
    "company": _("Company"),
    "engaged_until": _("Until"),
}

register("members.invited", _("%(person)s invited %(label)s."))
register("members.invited_by_link", _("%(person)s made an invitation link for a %(label)s."))
register("members.invited_again", _("%(person)s sent the invitation to %(label)s again."))
register("members.invited_again_by_link", _("%(person)s made a new link for a %(label)s."))
register("members.invitation_revoked", _("%(person)s revoked the invitation to %(label)s."))
register(
    "members.invitation_revoked_by_link",
    _("%(person)s revoked an invitation link for a %(label)s."),
)
register("members.joined", _("%(person)s accepted an invitation and joined."))
register(
    "members.changed",
    _("%(person)s changed the membership of %(label)s."),
    fields=FIELDS,
    words={"role": dict(Role.choices), "engagement": dict(Engagement.choices)},
)
register(
    "members.conflict",
    _(
        "%(person)s and somebody else changed the membership of %(label)s at the same time. Saved → typed:"
    ),
    fields=FIELDS,
    is_in_full=True,
)
register("members.handed_over", _("%(person)s handed over work of %(label)s."))
register("members.removed", _("%(person)s removed %(label)s from the workspace."))
register("members.left", _("%(person)s left the workspace."))
