"""Choices about posts, and the table of their states."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PostState(models.TextChoices):
    """Where a post stands, as it is stored."""

    IDEA = "idea", _("Idea")
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Scheduled")
    HANDED_OVER = "handed_over", _("Handed over")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Cancelled")


class DerivedState(models.TextChoices):
    """What the clock and the versions say of a post beside its state; each is a queryset of posts."""

    ON_HOLD = "on_hold", _("On hold")
    MISSED = "missed", _("Not published")
    PARTLY_PUBLISHED = "partly", _("Partly published")
    SHOULD_BE_OUT = "should_be_out", _("Should be out")
    DUE = "due", _("Due now")
    APPROVAL_LATE = "late", _("Approval late")


#: state → the states it may go to. An idea has no date; giving it one makes it a draft.
TRANSITIONS: dict[PostState, frozenset[PostState]] = {
    PostState.IDEA: frozenset({PostState.DRAFT, PostState.CANCELLED}),
    PostState.DRAFT: frozenset(
        {PostState.IDEA, PostState.IN_REVIEW, PostState.SCHEDULED, PostState.CANCELLED}
    ),
    PostState.IN_REVIEW: frozenset(
        {
            PostState.DRAFT,
            PostState.CHANGES_REQUESTED,
            PostState.APPROVED,
            PostState.CANCELLED,
        }
    ),
    PostState.CHANGES_REQUESTED: frozenset(
        {PostState.IDEA, PostState.DRAFT, PostState.IN_REVIEW, PostState.CANCELLED}
    ),
    PostState.APPROVED: frozenset(
        {
            PostState.DRAFT,
            PostState.IN_REVIEW,
            PostState.SCHEDULED,
            PostState.HANDED_OVER,
            PostState.PUBLISHED,
            PostState.CANCELLED,
        }
    ),
    PostState.SCHEDULED: frozenset(
        {
            PostState.DRAFT,
            PostState.IN_REVIEW,
            PostState.HANDED_OVER,
            PostState.PUBLISHED,
            PostState.CANCELLED,
        }
    ),
    PostState.HANDED_OVER: frozenset(
        {PostState.IN_REVIEW, PostState.SCHEDULED, PostState.PUBLISHED, PostState.CANCELLED}
    ),
    PostState.PUBLISHED: frozenset({PostState.SCHEDULED, PostState.HANDED_OVER}),
    PostState.CANCELLED: frozenset({PostState.DRAFT, PostState.IDEA}),
}

#: Not counted in any week, mix or balance.
UNCOUNTED = (PostState.IDEA, PostState.CANCELLED)
#: Nobody has approved it yet, or changes were asked for.
UNAPPROVED = (PostState.DRAFT, PostState.IN_REVIEW, PostState.CHANGES_REQUESTED)
#: A person publishes it when its minute comes.
BY_HAND = (PostState.APPROVED, PostState.SCHEDULED)
#: Waits for its minute.
WAITING = (*BY_HAND, PostState.HANDED_OVER)
#: Out, or never going out.
OVER = (PostState.PUBLISHED, PostState.CANCELLED)


class Origin(models.TextChoices):
    """Whose content it is."""

    US = "us", _("Our own")
    OTHERS = "others", _("From others")
    FOLLOWERS = "followers", _("From followers")


class Advertising(models.TextChoices):
    """Why a post must be marked as advertising."""

    NONE = "", _("Not advertising")
    PAID = "paid", _("Paid")
    GIFT = "gift", _("Gift or loan")
    PARTNER = "partner", _("Partner")
    OWN_STAFF = "own_staff", _("Our own staff")


class Retouching(models.TextChoices):
    """Whether a body in the picture is retouched, and the official Norwegian mark stands in it."""

    NONE = "", _("No body is retouched")
    UNMARKED = "unmarked", _("Retouched, the official mark is missing")
    MARKED = "marked", _("Retouched, with the mark “Retusjert person”")


class MediaKind(models.TextChoices):
    """What stands beside a text."""

    IMAGE = "image", _("Image")
    VIDEO = "video", _("Video")
    LINK = "link", _("Link to a file")


class DecisionKind(models.TextChoices):
    """What was decided about a post: by a manager, or without one because it could not wait."""

    APPROVED = "approved", _("Approved")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    NOT_WAITED = "not_waited", _("Published without waiting for approval")


class HoldAnswer(models.TextChoices):
    """What a manager says of a post that was stopped."""

    AS_PLANNED = "as_planned", _("Goes out as planned")
    MOVED = "moved", _("Moved")
    CANCELLED = "cancelled", _("Cancelled")
    DRAFT = "draft", _("Needs another look")
