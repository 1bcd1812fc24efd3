"""Move what the services have just written to an earlier day. Only the demo does this."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone

from activity.models import Record
from content_calendar.models import (
    DayCheck,
    HeldPost,
    Post,
    PostComment,
    PostDecision,
    PostMedia,
    PostReason,
    PostSnapshot,
    PostVersion,
)
from measurement.models import Reading
from members.models import LIFETIME, Invitation
from networks.models import AccessGrant, Channel
from notifications.enums import DeliveryState
from notifications.models import Delivery, Notification
from notifications.models_webhooks import WebhookEndpoint
from policies.models import (
    Acknowledgement,
    Hashtag,
    HashtagCheck,
    Hold,
    Policy,
    PolicyVersion,
    RuleSetting,
)
from reminders.models import Firing, Schedule
from strategies.models import (
    Milestone,
    ReviewRequest,
    ShareLink,
    StepComment,
    Strategy,
    StrategyVersion,
)
from strategies.services.strategies import ANSWER_MODELS
from workspaces.models import Membership, Workspace

#: model → (lookup of its workspace, its moments)
MOMENTS: dict[type[models.Model], tuple[str, tuple[str, ...]]] = {
    Record: ("workspace", ("at",)),
    Notification: ("workspace", ("created_at", "read_at")),
    WebhookEndpoint: ("workspace", ("created_at", "updated_at", "off_at")),
    Schedule: ("workspace", ("created_at",)),
    Firing: ("workspace", ("fired_at",)),
    Invitation: ("workspace", ("created_at",)),
    Membership: ("workspace", ("joined_at",)),
    Channel: ("workspace", ("created_at", "updated_at")),
    AccessGrant: ("workspace", ("created_at", "updated_at")),
    Policy: ("workspace", ("created_at", "updated_at")),
    PolicyVersion: ("policy__workspace", ("in_force_at", "published_at")),
    Acknowledgement: ("version__policy__workspace", ("at",)),
    Hashtag: ("workspace", ("created_at",)),
    HashtagCheck: ("hashtag__workspace", ("at",)),
    RuleSetting: ("policy__workspace", ("updated_at",)),
    Strategy: ("workspace", ("created_at",)),
    StrategyVersion: ("strategy__workspace", ("submitted_at", "decided_at")),
    ReviewRequest: ("version__strategy__workspace", ("asked_at",)),
    ShareLink: ("version__strategy__workspace", ("created_at", "last_opened_at", "revoked_at")),
    StepComment: ("version__strategy__workspace", ("at",)),
    Milestone: ("strategy__workspace", ("created_at", "updated_at", "done_at")),
    Reading: ("strategy__workspace", ("created_at", "updated_at")),
    Post: ("workspace", ("created_at", "updated_at", "handed_over_at", "submitted_at")),
    PostVersion: ("post__workspace", ("published_at",)),
    PostMedia: ("post__workspace", ("created_at",)),
    PostComment: ("post__workspace", ("created_at",)),
    PostDecision: ("post__workspace", ("at",)),
    PostSnapshot: ("post__workspace", ("at",)),
    Hold: ("workspace", ("started_at", "lifted_at")),
    HeldPost: ("hold__workspace", ("stopped_at", "answered_at")),
    PostReason: ("post__workspace", ("at",)),
    DayCheck: ("post__workspace", ("at",)),
    **dict.fromkeys(ANSWER_MODELS, ("strategy__workspace", ("created_at", "updated_at"))),
}


class History:
    """The days of one workspace's past."""

    def __init__(self, workspace: Workspace, *, since: datetime) -> None:
        self.workspace = workspace
        self.since = since  # what was written after this is in no day yet
        self.today = workspace.today()

    def moment(self, day: date, hour: int) -> datetime:
        """Return ``hour`` o'clock of ``day`` in the workspace, never later than now."""
        then = datetime.combine(day, time(hour, 4), tzinfo=self.workspace.zone)
        return min(then, timezone.now())

    @contextmanager
    def on(
        self, days_ago: int, hour: int = 10, *, only: Iterable[type[models.Model]] = MOMENTS
    ) -> Iterator[None]:
        """Move everything that is written inside to so many days ago.

        ``only`` names the models that are written, where that is known: it saves looking at all.
        Emails about it count as sent on that day, so nobody gets old mail.
        """
        yield
        moment = self.moment(self.today - timedelta(days=days_ago), hour)
        for model in only:
            path, fields = MOMENTS[model]
            rows = model._default_manager.filter(**{path: self.workspace})
            for field in fields:
                rows.filter(**{f"{field}__gte": self.since}).update(**{field: moment})
        Invitation.objects.filter(workspace=self.workspace, created_at=moment).update(
            expires_at=moment + LIFETIME
        )
        Delivery.objects.for_workspace(self.workspace).filter(state=DeliveryState.WAITING).update(
            state=DeliveryState.SENT, due_at=moment, next_at=moment, sent_at=moment, attempts=1
        )
        Delivery.objects.for_workspace(self.workspace).filter(state=DeliveryState.HELD).update(
            state=DeliveryState.DIGESTED, due_at=moment, next_at=moment
        )
        self.since = timezone.now()
