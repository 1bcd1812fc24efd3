"""A post whose hour of approval has passed before it goes out."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from content_calendar.enums import PostState
from content_calendar.models import Post
from notifications.enums import Topic
from notifications.notification_types import NotificationType
from reminders.kinds.approval_due import still_wanted
from reminders.posts import WHYS, approvers, not_fired, telling, time_text, to_responsible
from reminders.timed_kinds import COMMON, Moment, MomentKind, ToTell, register
from workspaces.models import Workspace

CODE = "approval_late"


def find(since: datetime, until: datetime) -> Iterator[Moment]:
    """Return what is not approved within the lead time of its workspace."""
    leads = Workspace.objects.order_by().values_list("lead_time_hours", flat=True).distinct()
    for hours in leads:
        lead = timedelta(hours=hours)
        posts = Post.objects.live().approval_late(until, hours).in_order()
        loaded = posts.filter(workspace__lead_time_hours=hours, planned_at__gt=since + lead)
        moments = (
            Moment(
                post.workspace,
                ("post", post.uid),
                post.planned_at - lead,
                tellings(post, post.planned_at, lead),
            )
            for post in loaded.select_related("workspace", "owner__user", "created_by")
            # One that was made or moved later than its hour of approval is late from the start.
            if post.planned_at is not None and post.created_at <= post.planned_at - lead
        )
        yield from not_fired(CODE, moments)


def tellings(post: Post, goes_out_at: datetime, lead: timedelta) -> Iterator[ToTell]:
    """Tell who sees to it, and those who may approve it once it is in review."""
    at = goes_out_at - lead
    time = time_text(goes_out_at, post.workspace)
    first = to_responsible(post, at=at, what="late", time=time)
    yield first
    if post.state == PostState.IN_REVIEW:
        others = [one for one in approvers(post.workspace) if one not in list(first.recipients)]
        yield telling(post, others, "approver", at=at, what="late", time=time)


register(
    MomentKind(
        CODE,
        NotificationType(
            "reminders.approval_late",
            topic=Topic.POSTS,
            label=_("The approval of a post is late"),
            shared_label=_("The approval of a post is late"),
            sentence=_("“%(title)s” goes out at %(time)s and is not approved yet."),
            action=_("Open the post"),
            icon="warn",
            whys=WHYS,
            recheck=still_wanted,
            **COMMON,
        ),
        find=find,
    )
)
