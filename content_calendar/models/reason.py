"""Why a post goes on although a rule has something to say of it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content_calendar.models.post import Post
from policies.enums import GoodReason
from workspaces.models import Workspace


class PostReasonQuerySet(models.QuerySet["PostReason"]):
    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(post__workspace=workspace)


class PostReason(models.Model):
    """A reason for one rule. It is for the post with this ``fingerprint``; another text asks anew.

    ``rule`` is the code of the rule, ``sentence`` what it said.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reasons")
    rule = models.CharField(max_length=40)
    sentence = models.TextField()
    kind = models.CharField(_("reason"), max_length=20, choices=GoodReason.choices)
    words = models.TextField(_("in your words"), max_length=500, blank=True)
    fingerprint = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[PostReasonQuerySet] = PostReasonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("reason")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "rule", "fingerprint"], name="post_reason_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=GoodReason.values), name="post_reason_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind=GoodReason.OTHER) | ~Q(words=""), name="post_reason_has_words"
            ),
        ]

    def __str__(self) -> str:
        return self.words or str(self.get_kind_display())
