"""A milestone on the day on which it is due."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from notifications.enums import Topic
from notifications.notification_types import NotificationType
from reminders.milestones import WHYS, open_here, still_wanted, tellings
from reminders.timed_kinds import COMMON, DailyKind, ToTell, register
from strategies.in_force import READ
from workspaces.models import Workspace


def find(workspace: Workspace, day: date) -> Iterator[ToTell]:
    return tellings(workspace, open_here(workspace).filter(due_on=day).exclude(kind=READ), "due")


register(
    DailyKind(
        "milestone_due",
        NotificationType(
            "reminders.milestone_due",
            topic=Topic.STRATEGY,
            label=_("A milestone of yours is due"),
            shared_label=_("A milestone is due"),
            sentence=_("“%(title)s” is due on %(due_on)s."),
            action=_("See the roadmap"),
            icon="flag",
            whys=WHYS,
            recheck=still_wanted,
            **COMMON,
        ),
        find=find,
    )
)
