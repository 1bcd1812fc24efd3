"""Words that the answers, versions and milestones choose from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StrategyState(models.TextChoices):
    """Whether a strategy is worked on."""

    OPEN = "open", _("Open")
    ARCHIVED = "archived", _("Archived")


class VersionState(models.TextChoices):
    """Where a submitted version stands."""

    SUBMITTED = "submitted", _("Waits for review")
    CHANGES_REQUESTED = "changes_requested", _("Changes asked for")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    APPROVED = "approved", _("Approved")
    SUPERSEDED = "superseded", _("Replaced by a newer version")


# The only moves there are; ``services.versions.change_status`` obeys them.
VERSION_TRANSITIONS: dict[VersionState, frozenset[VersionState]] = {
    VersionState.SUBMITTED: frozenset(
        {VersionState.CHANGES_REQUESTED, VersionState.WITHDRAWN, VersionState.APPROVED}
    ),
    VersionState.CHANGES_REQUESTED: frozenset(),
    VersionState.WITHDRAWN: frozenset(),
    VersionState.APPROVED: frozenset({VersionState.SUPERSEDED}),
    VersionState.SUPERSEDED: frozenset(),
}


class Verdict(models.TextChoices):
    """What becomes of a channel in the period."""

    OPEN = "open", _("Open it")
    KEEP = "keep", _("Keep it")
    CLOSE = "close", _("Close it")


class PolicyNeed(models.TextChoices):
    """The answer to: is a social media policy needed?"""

    IN_PLACE = "in_place", _("We have one")
    NEEDED = "needed", _("Yes, we must write one")
    NOT_NEEDED = "not_needed", _("No")


class CadencePeriod(models.TextChoices):
    """What a number of posts is counted over."""

    WEEK = "week", _("a week")
    TWO_WEEKS = "two_weeks", _("in two weeks")
    MONTH = "month", _("a month")


class HabitKind(models.TextChoices):
    """Weekly ways to be found by relevant people."""

    FOLLOW = "follow", _("Follow relevant people")
    COMMENT = "comment", _("Comment on others’ posts")
    PROMOTE = "promote", _("Share others’ posts")
    ANSWER = "answer", _("Answer and thank")
    OTHER = "other", _("Something else")


class ObjectiveKind(models.TextChoices):
    """What social media should do for the organisation."""

    BRAND = "brand", _("Brand promotion")
    LEADERSHIP = "leadership", _("Thought leadership")
    TRAFFIC = "traffic", _("Web traffic")
    LEADS = "leads", _("Lead generation")
    SERVICE = "service", _("Customer service")
    OTHER = "other", _("Something else")


class Direction(models.TextChoices):
    """Which way a figure should go."""

    UP = "up", _("Up")
    DOWN = "down", _("Down")
    KEEP = "keep", _("Stay")
    FOLLOW = "follow", _("Neither: it is only followed")


class Priority(models.TextChoices):
    """How much an initiative matters beside the others."""

    HIGH = "high", _("High")
    NORMAL = "normal", _("Normal")
    LOW = "low", _("Low")


class ReadEvery(models.TextChoices):
    """How often a figure is read."""

    WEEK = "week", _("Every week")
    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")
    HALF_YEAR = "half_year", _("Twice a year")
    ONCE = "once", _("Once, at the end")


class ListeningKind(models.TextChoices):
    """What to listen for."""

    OWN = "own", _("Our own name")
    MISSPELLING = "misspelling", _("A way it is misspelt")
    PRODUCT = "product", _("A product or place")
    COMPETITOR = "competitor", _("A competitor")
    TOPIC = "topic", _("A subject")


class ActivityKind(models.TextChoices):
    """Other marketing that social media supports."""

    CAMPAIGN = "campaign", _("Campaign")
    EVENT = "event", _("Event")
    EMAIL = "email", _("Email or newsletter")
    PRESS = "press", _("Press")
    PAID = "paid", _("Paid advertising")
    SEARCH = "search", _("Search")
    OTHER = "other", _("Something else")


class Phase(models.TextChoices):
    """The four parts of a roadmap."""

    PREPARE = "prepare", _("Prepare")
    START = "start", _("Start")
    RUN = "run", _("Run")
    REVIEW = "review", _("Review")


class MilestoneState(models.TextChoices):
    """Where a milestone stands. Late is derived from its date."""

    TO_COME = "to_come", _("To come")
    BEGUN = "begun", _("Begun")
    DONE = "done", _("Done")
