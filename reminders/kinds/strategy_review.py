"""A strategy whose day to be looked at again has come."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.enums import Topic
from notifications.models import Notification
from notifications.notification_types import NotificationType
from reminders.timed_kinds import COMMON, DailyKind, ToTell, register, uid_of
from strategies.enums import StrategyState, VersionState
from strategies.models import StrategyVersion
from workspaces.models import Workspace


def find(workspace: Workspace, day: date) -> Iterator[ToTell]:
    """Tell who submitted it, and who approved it."""
    approved = StrategyVersion.objects.for_workspace(workspace).approved().without_snapshot()
    past = approved.filter(next_review_on__lte=day, strategy__state=StrategyState.OPEN)
    for version in past.with_people().select_related("strategy"):
        people: dict[str, User | None] = {
            "author": version.submitted_by,
            "decided": version.decided_by,
        }
        if version.decided_by_id == version.submitted_by_id:
            del people["decided"]
        for why, person in people.items():
            yield ToTell(
                [person] if person else [],
                source=f"version:{version.uid}:look again:{version.next_review_on}",
                subject=("version", version.uid),
                params={
                    "strategy": version.strategy.name,
                    "review_on": str(version.next_review_on),
                },
                url=reverse("strategies:summary", args=[workspace.slug, version.strategy.uid]),
                why=why,
            )


def still_wanted(notification: Notification) -> "str | Promise":
    """Look whether the version still holds, and nobody has a new one in review."""
    versions = StrategyVersion.objects.for_workspace(notification.workspace)
    version = versions.filter(uid=uid_of(notification)).without_snapshot().first()
    if version is None or version.state != VersionState.APPROVED:
        return now("A newer version was approved.")
    if str(version.next_review_on) != notification.params["review_on"]:
        return now("It was moved to another day.")
    if versions.waiting().filter(strategy=version.strategy_id).exists():
        return now("A new version waits for review.")
    return ""


register(
    DailyKind(
        "strategy_review",
        NotificationType(
            "reminders.strategy_review",
            topic=Topic.STRATEGY,
            label=_("A strategy of yours should be looked at again"),
            shared_label=_("A strategy should be looked at again"),
            sentence=_("“%(strategy)s” was to be looked at again by %(review_on)s."),
            action=_("Look at it"),
            icon="history",
            whys={
                "author": _("You submitted this strategy."),
                "decided": _("You approved this strategy."),
            },
            recheck=still_wanted,
            **COMMON,
        ),
        find=find,
    )
)
