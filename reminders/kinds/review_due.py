"""A review on the day by which it was asked for."""

from collections.abc import Iterator
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from notifications.enums import Topic
from notifications.models import Notification
from notifications.notification_types import NotificationType
from reminders.timed_kinds import COMMON, DailyKind, ToTell, register, uid_of
from strategies.enums import VersionState
from strategies.models import ReviewRequest, StrategyVersion
from strategies.services.versions import who_can_review
from workspaces.models import Workspace


def find(workspace: Workspace, day: date) -> Iterator[ToTell]:
    """Tell who was asked; where nobody in particular was, all who can decide."""
    versions = StrategyVersion.objects.for_workspace(workspace).waiting().without_snapshot()
    for version in versions.filter(answer_by_on__lte=day).select_related(
        "strategy", "strategy__workspace", "submitted_by"
    ):
        asked = ReviewRequest.objects.standing().filter(version=version).with_people()
        people, why = [one.reviewer.user for one in asked], "asked"
        if not people:
            reviewers = who_can_review(workspace, author=version.submitted_by)
            people, why = [one.user for one in reviewers], "all"
        yield ToTell(
            people,
            source=f"version:{version.uid}:due",
            subject=("version", version.uid),
            params={
                "number": version.number,
                "strategy": version.strategy.name,
                "answer_by_on": version.answer_by_on.isoformat(),
            },
            url=version.get_absolute_url(),
            why=why,
            by=version.submitted_by,
        )


def still_wanted(notification: Notification) -> "str | Promise":
    """Look at the version, and whether the person is still asked."""
    here = StrategyVersion.objects.for_workspace(notification.workspace).without_snapshot()
    version = here.filter(uid=uid_of(notification)).first()
    if version is None or version.state != VersionState.SUBMITTED:
        return now("The version no longer waits for review.")
    asked = ReviewRequest.objects.standing().filter(version=version)
    if asked.exists() and not asked.filter(reviewer__user=notification.recipient).exists():
        return now("Somebody else was asked instead.")
    return ""


register(
    DailyKind(
        "review_due",
        NotificationType(
            "reminders.review_due",
            topic=Topic.STRATEGY,
            label=_("A review that waits for you is due"),
            shared_label=_("A review is due"),
            sentence=_(
                "Version %(number)d of “%(strategy)s” waits for your review, due on %(answer_by_on)s."
            ),
            action=_("Review it"),
            icon="eye",
            whys={
                "asked": _("%(person)s asked you to review it."),
                "all": _("%(person)s asked nobody in particular, and you may decide."),
            },
            recheck=still_wanted,
            **COMMON,
        ),
        find=find,
    )
)
