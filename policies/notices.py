"""What policies tell people: in the program, and by one email each."""

from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.models import Notification
from notifications.notification_types import NotificationType, register
from policies.models import PolicyVersion
from policies.services.reading import due_of, unread_by
from workspaces.models import Membership


def _member_of(notification: Notification) -> Membership | None:
    members = Membership.objects.for_workspace(notification.workspace).active()
    return members.select_related("workspace").filter(user=notification.recipient).first()


def _if_still_unread(notification: Notification) -> "str | Promise":
    member = _member_of(notification)
    if member is None:
        return _("This person is no longer a member.")
    unread = unread_by(member, timezone.now()).values_list("uid", flat=True)
    return (
        ""
        if notification.subject_uid in unread
        else _("It has been read, or a newer version has to be read.")
    )


def _email(notification: Notification) -> dict[str, Any]:
    """What the email says, read when it is sent."""
    member = _member_of(notification)
    if member is None or notification.subject_uid is None:
        return {}
    versions = PolicyVersion.objects.for_workspace(notification.workspace)
    version = versions.filter(uid=notification.subject_uid).select_related("policy").first()
    if version is None:
        return {}
    return {"version": version, "due": due_of(version, member, timezone.now())}


register(
    NotificationType(
        code="policies.published",
        shared_label=_("A policy is published"),
        sentence=_("%(person)s published version %(number)d of “%(policy)s”. Please read it."),
        email_subject=_("Please read “%(policy)s”, version %(number)d"),
        template="policies/emails/published.txt",
        action=_("Read it"),
        icon="doc",
        recheck=_if_still_unread,
        more=_email,
    )
)
register(
    NotificationType(
        code="policies.reminded",
        sentence=_("%(person)s reminds you to read version %(number)d of “%(policy)s”."),
        email_subject=_("Please remember to read “%(policy)s”"),
        template="policies/emails/reminded.txt",
        action=_("Read it"),
        icon="doc",
        recheck=_if_still_unread,
        more=_email,
    )
)
