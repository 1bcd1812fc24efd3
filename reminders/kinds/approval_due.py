"""A post that must be approved today."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from content_calendar.enums import UNAPPROVED, PostState
from content_calendar.models import Post
from notifications.enums import Pace, Topic
from notifications.models import Notification
from notifications.notification_types import NotificationType
from reminders.posts import (
    WHYS,
    approvers,
    post_of,
    telling,
    time_text,
    to_responsible,
    why_not_person,
)
from reminders.recurrence import moment_of
from reminders.timed_kinds import COMMON, DailyKind, ToTell, register
from workspaces.models import Workspace


def find(workspace: Workspace, day: date) -> Iterator[ToTell]:
    """Tell those who may approve what is in review, and who writes what is not sent in yet.

    A post that goes out so soon that its hour of approval was over when the day began is told by
    ``approval_late``.
    """
    lead = timedelta(hours=workspace.lead_time_hours)
    begins = moment_of(datetime.combine(day, time()), workspace.zone)
    ends = moment_of(datetime.combine(day + timedelta(days=1), time()), workspace.zone)
    posts = Post.objects.for_workspace(workspace).live().filter(state__in=UNAPPROVED)
    due = posts.filter(planned_at__gte=begins + lead, planned_at__lt=ends + lead).in_order()
    for post in due.select_related("workspace", "owner__user", "created_by"):
        if post.planned_at is None:
            continue
        by = post.planned_at - lead
        at = time_text(by, workspace)
        if post.state == PostState.IN_REVIEW:
            people = approvers(workspace)
            yield telling(post, people, "approver", at=by, what="approval", time=at)
        else:
            yield to_responsible(post, at=by, what="approval", time=at)


def still_wanted(notification: Notification) -> "str | Promise":
    """Look whether it still waits, for the same hour."""
    post = post_of(notification)
    if post is None:
        return now("The post was removed.")
    if post.state not in UNAPPROVED or post.planned_at is None:
        return now("The post is no longer as it was.")
    lead = timedelta(hours=notification.workspace.lead_time_hours)
    if post.planned_at - lead != datetime.fromisoformat(notification.params["at"]):
        return now("It was moved to another time.")
    return why_not_person(notification, post)


register(
    DailyKind(
        "approval_due",
        NotificationType(
            "reminders.approval_due",
            topic=Topic.POSTS,
            label=_("A post must be approved today"),
            shared_label=_("A post must be approved today"),
            sentence=_("“%(title)s” must be approved by %(time)s today."),
            action=_("Open the post"),
            icon="done",
            whys=WHYS,
            recheck=still_wanted,
            **COMMON | {"pace": Pace.AT_ONCE},
        ),
        find=find,
    )
)
