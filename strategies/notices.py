"""What the review tells people: in the program, and by one email each."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.models import Notification
from notifications.notification_types import NotificationType, register
from strategies.domain.questionnaire import STEP_BY_CODE
from strategies.enums import VersionState
from strategies.models import StrategyVersion


def _version_of(notification: Notification) -> StrategyVersion | None:
    if notification.subject_uid is None:
        return None
    return (
        StrategyVersion.objects.for_workspace(notification.workspace)
        .filter(uid=notification.subject_uid)
        .select_related("strategy", "submitted_by", "decided_by")
        .without_snapshot()
        .first()
    )


def _if_still_waiting(notification: Notification) -> "str | Promise":
    """An email that asks for a review is wanted only while the version waits for that person."""
    version = _version_of(notification)
    if version is None or version.state != VersionState.SUBMITTED:
        return _("The version no longer waits for review.")
    asked = version.requests.filter(reviewer__user=notification.recipient, released_at__isnull=True)
    return "" if asked.exists() else _("Somebody else was asked instead.")


def _email(notification: Notification) -> dict[str, Any]:
    """What the email quotes, read when it is sent."""
    version = _version_of(notification)
    if version is None:
        return {}
    comments = [
        (STEP_BY_CODE[comment.step].label, comment.text)
        for comment in sorted(
            version.comments.filter(step__in=STEP_BY_CODE),
            key=lambda comment: STEP_BY_CODE[comment.step].number,
        )
    ]
    return {"version": version, "comments": comments}


register(
    NotificationType(
        code="strategies.review_asked",
        shared_label=_("A strategy is submitted for review"),
        sentence=_("%(person)s asks you to review version %(number)d of “%(strategy)s”."),
        email_subject=_("Please review version %(number)d of “%(strategy)s”"),
        template="strategies/emails/review_asked.txt",
        action=_("Review it"),
        icon="flag",
        why=_("You were asked to review it."),
        recheck=_if_still_waiting,
        more=_email,
    )
)
register(
    NotificationType(
        code="strategies.version_approved",
        shared_label=_("A strategy is approved"),
        sentence=_("%(person)s approved version %(number)d of “%(strategy)s”."),
        email_subject=_("Version %(number)d of “%(strategy)s” is approved"),
        template="strategies/emails/version_approved.txt",
        action=_("See the decision"),
        icon="done",
        why=_("You submitted it."),
        more=_email,
    )
)
register(
    NotificationType(
        code="strategies.changes_asked",
        shared_label=_("Changes are asked for in a strategy"),
        sentence=_("%(person)s asked for changes to version %(number)d of “%(strategy)s”."),
        email_subject=_("Changes asked for in version %(number)d of “%(strategy)s”"),
        template="strategies/emails/changes_asked.txt",
        action=_("See what should change"),
        icon="comment",
        why=_("You submitted it."),
        more=_email,
    )
)
register(
    NotificationType(
        code="strategies.version_withdrawn",
        shared_label=_("A strategy is withdrawn from review"),
        sentence=_(
            "%(person)s withdrew version %(number)d of “%(strategy)s”. You need not review it."
        ),
        email_subject=_("Version %(number)d of “%(strategy)s” was withdrawn"),
        template="strategies/emails/version_withdrawn.txt",
        action=_("See the version"),
        icon="undo",
        why=_("You were asked to review it."),
    )
)
register(
    NotificationType(
        code="strategies.reviewer_released",
        sentence=_(
            "%(person)s asked somebody else to review version %(number)d of “%(strategy)s” "
            "instead of you."
        ),
        email_subject=_("Somebody else reviews version %(number)d of “%(strategy)s”"),
        template="strategies/emails/reviewer_released.txt",
        action=_("See the version"),
        icon="user",
        why=_("You had been asked to review it."),
    )
)
