"""The access of somebody from outside that ends in two weeks."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from notifications import notification_types
from notifications.enums import Topic
from notifications.models import Notification
from notifications.notification_types import NotificationType
from reminders.timed_kinds import COMMON, DailyKind, ToTell, register, uid_of
from workspaces.models import Membership, Workspace
from workspaces.permissions import Permission

AHEAD = timedelta(days=14)
OWN = "reminders.own_access_ends"


def find(workspace: Workspace, day: date) -> Iterator[ToTell]:
    """Tell who looks after people, and the person."""
    members = Membership.objects.for_workspace(workspace).active()
    admins = [one.user for one in members.who_can(Permission.MANAGE_MEMBERS).by_name()]
    for member in members.filter(engaged_until__range=(day, day + AHEAD)).by_name():
        source = f"member:{member.uid}:ends:{member.engaged_until}"
        params = {"name": member.name, "ends_on": str(member.engaged_until)}
        yield ToTell(
            [user for user in admins if user.pk != member.user_id],
            source=source,
            subject=("member", member.uid),
            params=params,
            url=reverse("members:change", args=[workspace.slug, member.uid]),
            why="",
        )
        yield ToTell(
            [member.user],
            source=source,
            subject=("member", member.uid),
            params=params,
            url=reverse("members:list", args=[workspace.slug]),
            why="",
            notice=OWN,
        )


def still_wanted(notification: Notification) -> "str | Promise":
    """Look whether the access still ends on that day."""
    members = Membership.objects.for_workspace(notification.workspace).active()
    member = members.filter(uid=uid_of(notification)).first()
    if member is None:
        return now("This person is no longer a member.")
    if str(member.engaged_until) != notification.params["ends_on"]:
        return now("It was moved to another day.")
    return ""


register(
    DailyKind(
        "access_ends",
        NotificationType(
            "reminders.access_ends",
            topic=Topic.ACCESS,
            label=_("The access of somebody from outside ends soon"),
            shared_label=_("The access of somebody from outside ends soon"),
            sentence=_("The access of %(name)s ends on %(ends_on)s."),
            action=_("Extend it, or hand over the work"),
            icon="key",
            why=_("You look after the people of this workspace."),
            recheck=still_wanted,
            **COMMON,
        ),
        find=find,
    )
)
notification_types.register(
    NotificationType(
        OWN,
        topic=Topic.ACCESS,
        label=_("Your own access ends soon"),
        sentence=_("Your access to %(workspace)s ends on %(ends_on)s."),
        action=_("See whom you can ask"),
        icon="key",
        why=_("You are a member until that day."),
        recheck=still_wanted,
        **COMMON,
    )
)
