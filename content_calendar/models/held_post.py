"""What became of a post that was stopped."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content_calendar.enums import HoldAnswer
from content_calendar.models.post import Post, PostQuerySet
from policies.models import Hold
from workspaces.models import Workspace


class HeldPostQuerySet(models.QuerySet["HeldPost"]):
    """Posts that were stopped, and about which somebody said something."""

    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(hold__workspace=workspace)

    def answered(self) -> Self:
        """Those of which a manager said what becomes of them."""
        return self.exclude(answer="")

    def stopped_there(self) -> Self:
        """Those that somebody stopped by hand in another tool, while their hold is on."""
        return self.filter(stopped_at__isnull=False, hold__lifted_at__isnull=True)


class HeldPost(models.Model):
    """One post of one hold: stopped by hand in the tool in which it lies, and what a manager answered.

    What is held follows from the hold and the posts; a row is written once somebody says something.
    ``planned_at`` and ``tool`` are how the post stood then.
    """

    hold = models.ForeignKey(Hold, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    planned_at = models.DateTimeField(null=True, editable=False)
    tool = models.CharField(max_length=60, blank=True, editable=False)
    stopped_at = models.DateTimeField(null=True, blank=True, editable=False)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    answer = models.CharField(max_length=20, choices=HoldAnswer.choices, blank=True, editable=False)
    moved_to = models.DateTimeField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    objects: ClassVar[HeldPostQuerySet] = HeldPostQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("stopped post")
        ordering = ["planned_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hold", "post"], name="held_post_once"),
            models.CheckConstraint(
                condition=Q(answer__in=["", *HoldAnswer.values]), name="held_post_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, stopped_by__isnull=True)
                | Q(stopped_at__isnull=False, stopped_by__isnull=False),
                name="held_post_stopped_by_and_when",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="held_post_answered_by_and_when",
            ),
        ]

    def __str__(self) -> str:
        return str(self.post)


def not_stopped_there(posts: PostQuerySet) -> PostQuerySet:
    """Leave out what somebody stopped by hand in the tool in which it lies."""
    return posts.exclude(pk__in=HeldPost.objects.stopped_there().values("post"))
