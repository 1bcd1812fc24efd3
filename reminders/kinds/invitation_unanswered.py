"""An invitation that nobody has taken up, a week before it expires."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from members.models import Invitation
from notifications.enums import Topic
from notifications.models import Notification
from notifications.notification_types import NotificationType
from reminders.recurrence import moment_of
from reminders.timed_kinds import COMMON, DailyKind, ToTell, register, uid_of
from workspaces.models import Workspace

BEFORE_THE_END = timedelta(days=7)


def find(workspace: Workspace, day: date) -> Iterator[ToTell]:
    """Tell who invited. A new edition of the invitation is told anew."""
    begins = moment_of(datetime.combine(day, time()), workspace.zone)
    ends_by = begins + timedelta(days=1) + BEFORE_THE_END
    invitations = Invitation.objects.for_workspace(workspace).open(begins)
    for invitation in invitations.filter(expires_at__lt=ends_by).for_list():
        yield ToTell(
            [invitation.invited_by],
            source=f"invitation:{invitation.uid}:{invitation.edition}:unanswered",
            subject=("invitation", invitation.uid),
            params={
                "who": str(invitation),
                "edition": invitation.edition,
                "ends_on": str(workspace.today(invitation.expires_at)),
            },
            url=reverse("members:list", args=[workspace.slug]),
            why="",
        )


def still_wanted(notification: Notification) -> "str | Promise":
    """Look whether the invitation is still open."""
    found = Invitation.objects.for_workspace(notification.workspace).open()
    same = found.filter(uid=uid_of(notification), edition=notification.params["edition"]).exists()
    return "" if same else now("The invitation is not open any more.")


register(
    DailyKind(
        "invitation_unanswered",
        NotificationType(
            "reminders.invitation_unanswered",
            topic=Topic.ACCESS,
            label=_("An invitation of yours is not answered"),
            sentence=_("%(who)s has not accepted the invitation; it expires on %(ends_on)s."),
            email_subject=_("%(who)s has not accepted your invitation"),
            action=_("Send it again or revoke it"),
            icon="mail",
            why=_("You sent the invitation."),
            recheck=still_wanted,
            **COMMON,
        ),
        find=find,
    )
)
