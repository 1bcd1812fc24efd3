"""A policy that somebody has not read: after 3 days that person, after 7 days its admin."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone as clock
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications import notification_types
from notifications.enums import Topic
from notifications.models import Notification
from notifications.notification_types import NotificationType
from policies.models import PolicyVersion
from policies.services.reading import Reader, readers_of, unread_by
from reminders.recurrence import moment_of
from reminders.timed_kinds import COMMON, DailyKind, ToTell, register, uid_of
from workspaces.models import Membership, Workspace
from workspaces.permissions import Permission

AFTER = timedelta(days=3)
ADMIN_AFTER = timedelta(days=7)
TO_ADMIN = "reminders.policy_unread_by"
#: Readers who are named; the page of the policy lists them all.
NAMED = 3


def find(workspace: Workspace, day: date) -> Iterator[ToTell]:
    """Tell each person, and for all who were asked on one day who looks after the policy."""
    begins = moment_of(datetime.combine(day, time()), workspace.zone)
    for version in PolicyVersion.objects.for_workspace(workspace).to_be_read(begins):
        version.policy.workspace = workspace
        by_day: dict[date, list[Reader]] = defaultdict(list)
        for reader in _unread(version, begins):
            asked_at = max(version.in_force_at, reader.member.joined_at)
            asked_on = workspace.today(asked_at)
            if asked_on <= day - AFTER:
                yield _to_reader(version, reader)
            if asked_on <= day - ADMIN_AFTER:
                by_day[asked_on].append(reader)
        for asked_on, late in by_day.items():
            yield _to_admin(version, late, asked_on)


def _unread(version: PolicyVersion, at: datetime) -> list[Reader]:
    return [reader for reader in readers_of(version, at) if reader.read_at is None]


def _to_reader(version: PolicyVersion, reader: Reader) -> ToTell:
    return ToTell(
        [reader.member.user],
        source=f"policy version:{version.uid}:unread:{reader.member.uid}",
        subject=("policy_version", version.uid),
        params={"policy": version.title, "read_by_on": str(reader.by_on)},
        url=version.policy.get_absolute_url(),
        why="late" if reader.is_late else "",
    )


def _to_admin(version: PolicyVersion, late: list[Reader], asked_on: date) -> ToTell:
    workspace = version.policy.workspace
    names = [str(reader.member.user) for reader in late]
    more = len(names) - NAMED
    shown = ", ".join(names[:NAMED])
    if more > 0:
        shown = now("%(names)s and %(number)d more") % {"names": shown, "number": more}
    return ToTell(
        _admins(version),
        source=f"policy version:{version.uid}:unread since:{asked_on}",
        subject=("policy_readers", version.uid),
        params={
            "policy": version.title,
            "names": shown,
            "asked_on": str(asked_on),
            "members": [str(reader.member.uid) for reader in late],
        },
        url=reverse("policies:readers", args=[workspace.slug, version.policy.uid]),
        why="",
        notice=TO_ADMIN,
    )


def _admins(version: PolicyVersion) -> list[User]:
    """Return who published it, while that person may; otherwise all who may."""
    members = Membership.objects.for_workspace(version.policy.workspace).active()
    admins = [one.user for one in members.who_can(Permission.PUBLISH_POLICIES).by_name()]
    own = [user for user in admins if user.pk == version.published_by_id]
    return own or admins


def still_wanted(notification: Notification) -> "str | Promise":
    """Look whether the person still has to read it."""
    members = Membership.objects.for_workspace(notification.workspace).active()
    member = members.filter(user=notification.recipient).select_related("workspace").first()
    if member is None:
        return now("This person is no longer a member.")
    unread = unread_by(member, clock.now()).filter(uid=uid_of(notification))
    return "" if unread.exists() else now("It has been read, or a newer version has to be read.")


def still_unread(notification: Notification) -> "str | Promise":
    """Look whether one of the people still has to read it."""
    at = clock.now()
    versions = PolicyVersion.objects.for_workspace(notification.workspace).to_be_read(at)
    version = versions.filter(uid=uid_of(notification)).select_related("policy").first()
    if version is None:
        return now("A newer version has to be read, or none.")
    version.policy.workspace = notification.workspace
    unread = {str(reader.member.uid) for reader in _unread(version, at)}
    return "" if unread & set(notification.params["members"]) else now("It has been read.")


register(
    DailyKind(
        "policy_unread",
        NotificationType(
            "reminders.policy_unread",
            topic=Topic.POLICIES,
            label=_("A policy that you have not read"),
            sentence=_("Please read “%(policy)s”. It is to be read by %(read_by_on)s."),
            email_subject=_("“%(policy)s” waits for you to read it"),
            action=_("Read it"),
            icon="doc",
            why=_("It binds you, and you have not pressed “Read and understood”."),
            whys={
                "late": _(
                    "It binds you, and you have not pressed “Read and understood”. Until you do, "
                    "your new posts wait for somebody else."
                )
            },
            recheck=still_wanted,
            **COMMON,
        ),
        find=find,
    )
)
notification_types.register(
    NotificationType(
        TO_ADMIN,
        topic=Topic.POLICIES,
        label=_("A policy of yours that people have not read"),
        sentence=_("Not read since %(asked_on)s: “%(policy)s”, by %(names)s."),
        email_subject=_("“%(policy)s” is not read by everybody"),
        action=_("See who has read it"),
        icon="doc",
        why=_("You publish this policy."),
        recheck=still_unread,
        **COMMON,
    )
)
