"""What the calendar tells people: in the program, and by one email each."""

from datetime import timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content_calendar.enums import PostState
from content_calendar.models import Post, PostComment, PostDecision
from content_calendar.services.states import ASKED
from notifications.enums import Pace, Topic
from notifications.models import Notification
from notifications.notification_types import NotificationType, register
from policies.models import Hold


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


def _post_of(notification: Notification) -> Post | None:
    if notification.subject_uid is None:
        return None
    return (
        Post.objects.for_workspace(notification.workspace)
        .live()
        .filter(uid=notification.subject_uid)
        .select_related("workspace")
        .first()
    )


def _if_still_waiting(notification: Notification) -> "str | Promise":
    """An email that asks for an approval is wanted only while the post waits for one."""
    post = _post_of(notification)
    if post is None or post.state != PostState.IN_REVIEW:
        return _("The post no longer waits for approval.")
    return ""


def _asked_email(notification: Notification) -> dict[str, Any]:
    """The text as it is when the email is sent, and by when an answer is needed."""
    post = _post_of(notification)
    if post is None:
        return {}
    lead = timedelta(hours=post.workspace.lead_time_hours)
    return {
        "text": post.text,
        "planned_at": post.planned_at,
        "answer_by": post.planned_at - lead if post.planned_at else None,
    }


def _decided_email(notification: Notification) -> dict[str, Any]:
    if notification.subject_uid is None:
        return {}
    decisions = PostDecision.objects.filter(post__workspace=notification.workspace)
    return {"decision": decisions.filter(uid=notification.subject_uid).first()}


register(
    NotificationType(
        code="content_calendar.mentioned",
        sentence=_("%(person)s mentioned you in a comment on the post “%(post)s”."),
        email_subject=_("%(person)s mentioned you in a comment on “%(post)s”"),
        template="content_calendar/emails/mentioned.txt",
        action=_("Read and answer"),
        icon="comment",
        why=_("You were mentioned in it."),
        topic=Topic.POSTS,
        label=_("Somebody mentions you in a comment"),
        pace=Pace.AT_ONCE,
        recheck=_if_still_there,
        more=_email,
    )
)
register(
    NotificationType(
        code=ASKED,
        shared_label=_("A post waits for approval"),
        sentence=_("%(person)s asks you to approve the post “%(post)s”."),
        email_subject=_("Please approve the post “%(post)s”"),
        template="content_calendar/emails/approval_asked.txt",
        action=_("Read it"),
        icon="eye",
        why=_("You may approve posts, and were asked to."),
        recheck=_if_still_waiting,
        more=_asked_email,
    )
)
register(
    NotificationType(
        code="content_calendar.post_approved",
        shared_label=_("A post is approved"),
        sentence=_("%(person)s approved the post “%(post)s”."),
        email_subject=_("The post “%(post)s” is approved"),
        template="content_calendar/emails/post_approved.txt",
        action=_("See the post"),
        icon="done",
        why=_("You asked for the approval."),
        topic=Topic.POSTS,
        label=_("A post of yours is approved"),
        pace=Pace.AT_ONCE,
        more=_decided_email,
    )
)
register(
    NotificationType(
        code="content_calendar.post_changes_requested",
        shared_label=_("Changes are asked for in a post"),
        sentence=_("%(person)s asked for changes to the post “%(post)s”."),
        email_subject=_("Changes asked for in the post “%(post)s”"),
        template="content_calendar/emails/post_changes_requested.txt",
        action=_("See what should change"),
        icon="comment",
        why=_("You asked for the approval."),
        topic=Topic.POSTS,
        label=_("Changes are asked for in a post of yours"),
        pace=Pace.AT_ONCE,
        more=_decided_email,
    )
)

register(
    NotificationType(
        code="content_calendar.post_not_approved",
        shared_label=_("A post goes out without waiting for approval"),
        sentence=_(
            "%(person)s publishes the post “%(post)s” now, without waiting for approval. "
            "Reason: %(reason)s"
        ),
        email_subject=_("The post “%(post)s” goes out without approval"),
        template="content_calendar/emails/post_not_approved.txt",
        action=_("Read it"),
        icon="warn",
        why=_("You may approve posts, and would have been asked to."),
        more=_asked_email,
    )
)


# --- stops of posts: told at once, and to those who lift them in their quiet hours too --------------


def _hold_of(notification: Notification) -> Hold | None:
    if notification.subject_uid is None:
        return None
    holds = Hold.objects.for_workspace(notification.workspace)
    return holds.filter(uid=notification.subject_uid).select_related("workspace").first()


def _if_still_stopped(notification: Notification) -> "str | Promise":
    hold = _hold_of(notification)
    return "" if hold and hold.is_on else _("The stop was lifted.")


def _hold_email(notification: Notification) -> dict[str, Any]:
    return {"hold": _hold_of(notification)}


_STOPPED: dict[str, Any] = {
    "sentence": _("%(person)s stopped posts on %(channels)s. Reason: %(reason)s"),
    "email_subject": _("Posts are stopped on %(channels)s"),
    "template": "content_calendar/emails/hold_started.txt",
    "action": _("See what is held"),
    "icon": "hand",
    "recheck": _if_still_stopped,
    "more": _hold_email,
}
_LIFTED: dict[str, Any] = {
    "sentence": _("%(person)s lifted the stop of posts on %(channels)s. Posts go out again."),
    "email_subject": _("Posts go out again on %(channels)s"),
    "template": "content_calendar/emails/hold_lifted.txt",
    "action": _("See what was held"),
    "icon": "hand",
    "more": _hold_email,
}
_DRAFTS, _LIFTS = _("You draft posts here."), _("You may lift a stop of posts here.")
# A room is told once: by the type of the managers, of whom there is always one.
for _code, _what, _shared in (
    ("hold_started", _STOPPED, _("Posts are stopped")),
    ("hold_lifted", _LIFTED, _("A stop of posts is lifted")),
):
    register(NotificationType(code=f"content_calendar.{_code}", why=_DRAFTS, **_what))
    register(
        NotificationType(
            code=f"content_calendar.{_code}_urgent",
            why=_LIFTS,
            breaks_quiet=True,
            shared_label=_shared,
            **_what,
        )
    )
