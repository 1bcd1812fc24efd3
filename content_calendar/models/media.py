"""Images, videos and links to files that go out with a post."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content_calendar.enums import MediaKind
from content_calendar.models.post import Post
from workspaces.models import Workspace


def media_path(media: "PostMedia", filename: str) -> str:
    """Return where a file is stored: below its workspace, under its own uid."""
    return f"posts/{media.post.workspace.pk}/{media.uid}/{filename}"


class MediaQuerySet(models.QuerySet["PostMedia"]):
    """Media of posts."""

    def for_workspace(self, workspace: Workspace) -> Self:
        """Those of its own posts."""
        return self.filter(post__workspace=workspace)

    def live(self) -> Self:
        """Leave out what was removed."""
        return self.filter(removed_at__isnull=True)

    def in_order(self) -> Self:
        """First the first."""
        return self.order_by("position", "pk")


class PostMedia(models.Model):
    """An image or a video that is kept here, or a link to where the file lies."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="media")
    kind = models.CharField(max_length=10, choices=MediaKind.choices)
    position = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=200, blank=True)
    alt_text = models.TextField(
        _("description for people who cannot see it"), max_length=1500, blank=True
    )
    has_captions = models.BooleanField(_("it has captions"), default=False)
    address = models.URLField(_("where the file lies"), max_length=500, blank=True)
    file = models.FileField(upload_to=media_path, blank=True, max_length=300)
    preview = models.FileField(upload_to=media_path, blank=True, max_length=300)
    content_type = models.CharField(max_length=60, blank=True)
    checksum = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[MediaQuerySet] = MediaQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("media")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MediaKind.values), name="media_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=MediaKind.LINK, file="") & ~Q(address="")
                | ~Q(kind=MediaKind.LINK) & ~Q(file="") & Q(address=""),
                name="media_is_file_or_link",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.address

    @property
    def is_image(self) -> bool:
        """Whether it has a preview, and is described for people who cannot see it."""
        return self.kind == MediaKind.IMAGE

    @property
    def is_video(self) -> bool:
        """Whether it needs captions for those who cannot hear it."""
        return self.kind == MediaKind.VIDEO
