"""Accesses to a channel that nobody has confirmed for too long."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from networks.models import AccessGrant, Channel
from notifications.enums import Topic
from notifications.models import Notification
from notifications.notification_types import NotificationType
from reminders.access import Keepers
from reminders.timed_kinds import COMMON, DailyKind, ToTell, register, uid_of
from workspaces.models import Workspace


def find(workspace: Workspace, day: date) -> Iterator[ToTell]:
    """Tell the keeper of each channel once for the access that has waited longest."""
    grants = AccessGrant.objects.for_workspace(workspace).current().to_confirm(day)
    since: dict[int, str] = {}
    for grant in grants.with_people():
        by_on = str(grant.confirm_by_on or grant.created_at.date())
        since[grant.channel_id] = min(by_on, since.get(grant.channel_id, by_on))
    if not since:
        return
    keepers = Keepers(workspace)
    channels = Channel.objects.filter(pk__in=list(since)).select_related("owner__user")
    for channel in channels.in_order():
        people, why = keepers.of(channel)
        yield ToTell(
            [member.user for member in people],
            source=f"channel:{channel.uid}:access:{since[channel.pk]}",
            subject=("channel", channel.uid),
            params={"channel": str(channel)},
            url=f"{reverse('networks:access_confirm', args=[workspace.slug])}?channel={channel.uid}",
            why=why,
        )


def still_wanted(notification: Notification) -> "str | Promise":
    """Look whether anything is left to confirm."""
    workspace = notification.workspace
    grants = AccessGrant.objects.for_workspace(workspace).current()
    left = grants.filter(channel__uid=uid_of(notification)).to_confirm(workspace.today())
    return "" if left.exists() else now("It was confirmed meanwhile.")


register(
    DailyKind(
        "access_to_confirm",
        NotificationType(
            "reminders.access_to_confirm",
            topic=Topic.ACCESS,
            label=_("Who has access to a channel is to be confirmed"),
            shared_label=_("Who has access to a channel is to be confirmed"),
            sentence=_("Confirm who has access to %(channel)s."),
            action=_("Confirm it"),
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
