"""A milestone that is late, told once."""

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
    late = open_here(workspace).filter(due_on__lt=day).exclude(kind=READ)
    return tellings(workspace, late, "late")


register(
    DailyKind(
        "milestone_late",
        NotificationType(
            "reminders.milestone_late",
            topic=Topic.STRATEGY,
            label=_("A milestone of yours is late"),
            shared_label=_("A milestone is late"),
            sentence=_("“%(title)s” is late: it was due on %(due_on)s."),
            action=_("See the roadmap"),
            icon="warn",
            whys=WHYS,
            recheck=still_wanted,
            **COMMON,
        ),
        find=find,
    )
)
