"""The hashtags of a post, kept beside its text so that they can be asked for."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from content_calendar.models.post import Post
from networks.text_parts import HASHTAG_AT_MOST
from policies.enums import HashtagVerdict
from policies.models import HashtagCheck
from policies.models.hashtag import KEY_AT_MOST
from workspaces.enums import Engagement
from workspaces.models import Membership, Workspace


class PostHashtagQuerySet(models.QuerySet["PostHashtag"]):
    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(post__workspace=workspace)

    def unchecked(self) -> Self:
        """Those that no check covers when their post goes out; an external's, none by an employee."""
        checks = HashtagCheck.objects.filter(
            hashtag__workspace=OuterRef("post__workspace"), hashtag__key=OuterRef("key")
        ).holding(OuterRef("post__planned_at"))
        by_external = Membership.objects.filter(
            workspace=OuterRef("post__workspace"),
            user=OuterRef("post__created_by"),
            engagement=Engagement.EXTERNAL,
        )
        employed = checks.filter(is_by_external=False).exclude(verdict=HashtagVerdict.AVOID)
        return self.filter(~Exists(checks) | (Exists(by_external) & ~Exists(employed)))


class PostHashtag(models.Model):
    """A hashtag in the text of a post or of one of its versions; written by ``services.posts``."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="hashtags")
    key = models.CharField(max_length=KEY_AT_MOST)
    name = models.CharField(max_length=HASHTAG_AT_MOST)

    objects: ClassVar[PostHashtagQuerySet] = PostHashtagQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("hashtag of a post")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "key"], name="post_hashtag_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.name}"
