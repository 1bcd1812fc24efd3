"""What the people pages tell."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.site import site_address
from members.models import Invitation
from notifications.models import Notification
from notifications.notification_types import NotificationType, Params, register


def _invitation_of(notification: Notification) -> Invitation | None:
    if notification.subject_uid is None:
        return None
    return (
        Invitation.objects.open()
        .filter(
            workspace=notification.workspace,
            uid=notification.subject_uid,
            edition=notification.params["edition"],
        )
        .first()
    )


def _if_open(notification: Notification) -> "str | Promise":
    return "" if _invitation_of(notification) else _("The invitation is not open any more.")


def _link(notification: Notification) -> Params:
    """Return the link, which is made with the email and stored nowhere."""
    invitation = _invitation_of(notification)
    if invitation is None:
        return {}
    return {"link": site_address(invitation.path), "invitation": invitation}


register(
    NotificationType(
        "members.invited",
        sentence=_("%(person)s invites you to %(workspace)s."),
        email_subject=_("%(person)s invites you to %(workspace)s"),
        template="members/emails/invited.txt",
        action=_("Accept the invitation"),
        icon="mail",
        why=_("%(person)s typed in your address."),
        recheck=_if_open,
        more=_link,
    )
)
register(
    NotificationType(
        "members.joined",
        sentence=_("%(person)s accepted your invitation."),
        icon="people",
        why=_("You sent the invitation."),
    )
)
