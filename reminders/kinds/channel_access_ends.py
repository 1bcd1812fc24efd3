"""The access of somebody from outside to a channel that ends in two weeks."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from networks.models import AccessGrant
from notifications.enums import Topic
from notifications.models import Notification
from notifications.notification_types import NotificationType
from reminders.access import Keepers
from reminders.timed_kinds import COMMON, DailyKind, ToTell, register, uid_of
from workspaces.models import Workspace

AHEAD = timedelta(days=14)


def find(workspace: Workspace, day: date) -> Iterator[ToTell]:
    """Tell the keeper of the channel, anew where the day was moved."""
    grants = AccessGrant.objects.for_workspace(workspace).current()
    ending = grants.filter(ends_on__range=(day, day + AHEAD)).with_people()
    external = [
        grant
        for grant in ending.select_related("channel__owner__user").in_order()
        if grant.is_external and not grant.is_over(day)
    ]
    keepers = Keepers(workspace) if external else None
    for grant in external:
        people, why = keepers.of(grant.channel) if keepers else ([], "")
        yield ToTell(
            [member.user for member in people],
            source=f"access:{grant.uid}:ends:{grant.ends_on}",
            subject=("access", grant.uid),
            params={
                "person_name": grant.person_name,
                "channel": str(grant.channel),
                "ends_on": str(grant.ends_on),
            },
            url=reverse("networks:access_edit", args=[workspace.slug, grant.uid]),
            why=why,
        )


def still_wanted(notification: Notification) -> "str | Promise":
    """Look whether the access is still there and still ends on that day."""
    grants = AccessGrant.objects.for_workspace(notification.workspace).current()
    grant = grants.filter(uid=uid_of(notification)).first()
    if grant is None:
        return now("This access was ended.")
    if str(grant.ends_on) != notification.params["ends_on"]:
        return now("It was moved to another day.")
    return ""


register(
    DailyKind(
        "channel_access_ends",
        NotificationType(
            "reminders.channel_access_ends",
            topic=Topic.ACCESS,
            label=_("The access of somebody from outside to a channel ends soon"),
            shared_label=_("The access of somebody from outside to a channel ends soon"),
            sentence=_("The access of %(person_name)s to %(channel)s ends on %(ends_on)s."),
            action=_("Extend it, or take it back"),
            icon="key",
            whys={
                "owner": _("You own this channel."),
                "admin": _(
                    "You look after the people here, and no owner of the channel can do it."
                ),
            },
            recheck=still_wanted,
            **COMMON,
        ),
        find=find,
    )
)
