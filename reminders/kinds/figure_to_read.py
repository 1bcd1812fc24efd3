"""A figure on the day on which it is to be read."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from notifications.enums import Topic
from notifications.notification_types import NotificationType
from reminders.milestones import open_here, still_wanted, tellings
from reminders.subjects import milestone_form_url, milestone_url
from reminders.timed_kinds import COMMON, DailyKind, ToTell, register
from strategies.in_force import READ
from strategies.models import Milestone
from workspaces.models import Workspace
from workspaces.permissions import Permission


def find(workspace: Workspace, day: date) -> Iterator[ToTell]:
    found = open_here(workspace).filter(due_on__lte=day, kind=READ)
    return tellings(workspace, found, "read", url_of=_url_of)


def _url_of(workspace: Workspace, milestone: Milestone) -> str:
    """Return where the number is typed in, or the roadmap for an owner who may not."""
    if milestone.owner and not milestone.owner.can(Permission.TICK_MILESTONE):
        return milestone_url(workspace, milestone)
    return milestone_form_url(workspace, milestone)


register(
    DailyKind(
        "figure_to_read",
        NotificationType(
            "reminders.figure_to_read",
            topic=Topic.STRATEGY,
            label=_("A figure is to be read"),
            shared_label=_("A figure is to be read"),
            sentence=_("“%(title)s”, by %(due_on)s."),
            email_subject=_("A figure to read: %(title)s"),
            action=_("Type it in"),
            icon="chart",
            whys={
                "owner": _("You read this figure."),
                "unowned": _("Nobody reads this figure, and you submitted the strategy."),
            },
            recheck=still_wanted,
            **COMMON,
        ),
        find=find,
    )
)
