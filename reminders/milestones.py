"""What the kinds of reminder about milestones share: whom they tell, and when it is settled."""

from collections.abc import Callable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from notifications.models import Notification
from reminders.subjects import milestone_url
from reminders.timed_kinds import ToTell, uid_of
from strategies.enums import MilestoneState, StrategyState
from strategies.models import Milestone, StrategyVersion
from strategies.models.milestone import MilestoneQuerySet
from workspaces.models import Workspace

WHYS = {
    "owner": gettext_lazy("You own this milestone."),
    "unowned": gettext_lazy("Nobody owns this milestone, and you submitted the strategy."),
}


def open_here(workspace: Workspace) -> MilestoneQuerySet:
    """Return what is still to be done in the strategies that are worked with."""
    milestones = Milestone.objects.for_workspace(workspace).open()
    return milestones.filter(strategy__state=StrategyState.OPEN)


def tellings(
    workspace: Workspace,
    found: MilestoneQuerySet,
    what: str,
    *,
    url_of: Callable[[Workspace, Milestone], str] = milestone_url,
) -> Iterator[ToTell]:
    """Tell each milestone to its owner; one that nobody owns to who submitted its strategy.

    ``what`` says which reminder it is; a milestone that is moved is told anew for its new day.
    ``url`` returns where it leads.
    """
    authors = _authors(workspace)
    for milestone in found.select_related("strategy", "owner__user"):
        if milestone.owner is not None:
            people, why = [milestone.owner.user], "owner"
        elif milestone.owner_name:
            continue  # somebody who has no account
        else:
            people, why = authors.get(milestone.strategy_id, []), "unowned"
        yield ToTell(
            people,
            source=f"milestone:{milestone.uid}:{what}:{milestone.due_on}",
            subject=("milestone", milestone.uid),
            params={"title": milestone.title, "due_on": milestone.due_on.isoformat()},
            url=url_of(workspace, milestone),
            why=why,
        )


def _authors(workspace: Workspace) -> dict[int, list[User]]:
    approved = StrategyVersion.objects.for_workspace(workspace).approved().without_snapshot()
    return {
        version.strategy_id: [version.submitted_by]
        for version in approved.select_related("submitted_by")
    }


def still_wanted(notification: Notification) -> "str | Promise":
    """Look at the milestone once more."""
    here = Milestone.objects.for_workspace(notification.workspace)
    milestone = here.filter(uid=uid_of(notification)).select_related("strategy", "owner").first()
    if milestone is None or milestone.removed_at is not None:
        return _("The milestone was removed.")
    if milestone.state == MilestoneState.DONE:
        return _("It is done.")
    if milestone.dropped_at is not None or not milestone.strategy.is_open:
        return _("It no longer follows from a strategy that is worked with.")
    if milestone.due_on.isoformat() != notification.params["due_on"]:
        return _("It was moved to another day.")
    owner = milestone.owner.user_id if milestone.owner else None
    if owner != (notification.recipient_id if notification.params["why"] == "owner" else None):
        return _("Somebody else owns it now.")
    return ""
