"""What the calendar tells people: in the program, and by one e-mail each."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content_calendar.models import PostComment
from notifications.models import Notification
from notifications.notification_types import NotificationType, register


def _comment_of(notification: Notification) -> PostComment | None:
    if notification.subject_uid is None:
        return None
    return (
        PostComment.objects.for_workspace(notification.workspace)
        .live()
        .filter(uid=notification.subject_uid, post__removed_at__isnull=True)
        .first()
    )


def _if_still_there(notification: Notification) -> "str | Promise":
    return "" if _comment_of(notification) else _("The comment was removed.")


def _email(notification: Notification) -> dict[str, Any]:
    """The comment as it is when the email is sent."""
    return {"comment": _comment_of(notification)}


register(
    NotificationType(
        code="content_calendar.mentioned",
        sentence=_("%(person)s mentioned you in a comment on the post “%(post)s”."),
        email_subject=_("%(person)s mentioned you in a comment on “%(post)s”"),
        template="content_calendar/emails/mentioned.txt",
        action=_("Read and answer"),
        icon="comment",
        recheck=_if_still_there,
        more=_email,
    )
)
