"""What was submitted, what the reviewers said, and which notices about it have been read."""

from datetime import timedelta

from django.db import models

from accounts.models import User
from demo.museum import Museum
from notifications.models import Notification
from strategies.models import Strategy, StrategyVersion
from strategies.services.roadmap import apply_roadmap
from strategies.services.versions import approve, ask_for_changes, submit_strategy
from workspaces.models import Membership

APPROVAL = "Clear, and small enough to keep. Look at the podcast again when the mid-term comes."
APPROVAL_COMMENTS = {
    "ownership": "Good that the film company is named. The policy has to be there before they post.",
}

CHANGES_ASKED = (
    "Nearly there. Two things before I can sign: say what becomes of the cruise guests, and do not "
    "plan more than last time with the same hours."
)
CHANGES_COMMENTS = {
    "audience": "Last in the list and nothing planned for them. Either we write for cruise guests "
    "in spring, or we say that we do not.",
    "content": "Six carousels a week is twelve hours for Jonas alone. Where do they come from?",
    "success": "Which of these is the one we would keep if we had to choose?",
}
NOTE_FIRST = "As agreed in the spring meeting: more on Instagram, and the podcast."
NOTE_SECOND = "Cruise guests are described now, Instagram is back to what we can keep."


def approve_in_force(museum: Museum, strategy: Strategy) -> None:
    """Submit and approve the strategy in force before its period begins."""
    days, by = museum.days_in_force, museum.users["manager"]
    with museum.history.on(days + 20, hour=14):
        version = submit_strategy(
            strategy,
            reviewers=[museum.members["manager"], museum.members["leila"]],
            note="Four audiences, four channels, sixteen hours.",
            by=museum.users["marketer"],
        )
    with museum.history.on(days + 12, hour=11):
        approve(
            version,
            comments=APPROVAL_COMMENTS,
            text=APPROVAL,
            next_review_on=museum.starts_on + timedelta(days=92),
            by=by,
        )
    # Once more, now that the milestones were born back then: they are due from that day on.
    with museum.history.on(days + 12, hour=11):
        apply_roadmap(version, by=by)
    _read_notices(museum, version)


def ask_for_changes_in_next(museum: Museum, strategy: Strategy) -> None:
    """Submit the next strategy and send it back. Its author has not read the notice yet."""
    author = museum.users["marketer"]
    with museum.history.on(16, hour=16):
        version = submit_strategy(
            strategy, reviewers=_reviewers_of_next(museum), note=NOTE_FIRST, by=author
        )
    with museum.history.on(13, hour=12):
        ask_for_changes(
            version, comments=CHANGES_COMMENTS, text=CHANGES_ASKED, by=museum.users["manager"]
        )
    _read_notices(museum, version, but=author)


def submit_next_again(museum: Museum, strategy: Strategy) -> None:
    """Submit the rewritten strategy; nobody has decided on it yet."""
    with museum.history.on(2, hour=15):
        submit_strategy(
            strategy,
            reviewers=_reviewers_of_next(museum),
            note=NOTE_SECOND,
            by=museum.users["marketer"],
        )


def _reviewers_of_next(museum: Museum) -> list[Membership]:
    return [museum.members["manager"], museum.members["admin"]]


def _read_notices(museum: Museum, version: StrategyVersion, but: User | None = None) -> None:
    """Mark the notices about ``version`` as read by everybody except ``but``."""
    here = Notification.objects.for_workspace(museum.workspace).unread()
    notices = here.about(("version", version.uid))
    if but is not None:
        notices = notices.exclude(recipient=but)
    notices.update(read_at=models.F("created_at") + timedelta(hours=3))
