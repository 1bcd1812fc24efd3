"""Images, videos and links of posts: adding, describing, ordering, removing and restoring them.

All of it is part of what an approval is for (``domain.fingerprint``), so each change may ask for
another one.
"""

import hashlib
import uuid
from collections.abc import Mapping
from types import MappingProxyType

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from content_calendar.domain.media_files import read_image, too_long, video_type
from content_calendar.enums import MediaKind
from content_calendar.models import Post, PostMedia
from content_calendar.services.asking import ask_again
from core.exceptions import Refusal
from core.text import cut

MEDIA_AT_MOST = 20


def add_file(post: Post, file: "File[bytes]", *, by: User, owner: uuid.UUID) -> PostMedia:
    """Add an image, written anew, or a video as it is; ``owner`` names the page it came from.

    The same file from the same page again gives the same media. Raises Refusal with what to do.
    """
    checksum = hashlib.sha256()
    for chunk in file.chunks():
        checksum.update(chunk)
    uid = uuid.uuid5(owner, f"{post.uid} {checksum.hexdigest()}")
    found = PostMedia.objects.filter(post=post, uid=uid).first()
    if found is not None:
        return found
    media = PostMedia(
        uid=uid,
        post=post,
        name=cut(file.name or "", 200),
        checksum=checksum.hexdigest(),
        created_by=by,
    )
    video = video_type(file)
    if video is None:
        file.seek(0)
        image = read_image(file)
        media.kind, media.content_type = MediaKind.IMAGE, image.content_type
        media.width, media.height, media.size = image.width, image.height, len(image.content)
        content = ContentFile(image.content, f"image.{image.ending}")
        preview = ContentFile(image.preview, "preview.webp")
        return _add(media, content, preview, by=by)
    if (file.size or 0) > settings.LONGEST_VIDEO_MB * 1_000_000:
        raise Refusal(too_long())
    media.kind, media.content_type = MediaKind.VIDEO, video.content_type
    media.size = file.size or 0
    file.name = f"video.{video.ending}"
    return _add(media, file, None, by=by)


def add_link(
    post: Post, address: str, *, by: User, uid: uuid.UUID | None = None, name: str = ""
) -> PostMedia:
    """Add a link to where a file lies; the same ``uid`` again gives the same media."""
    found = PostMedia.objects.filter(post=post, uid=uid).first() if uid else None
    if found is not None:
        return found
    media = PostMedia(
        uid=uid or uuid.uuid4(),
        post=post,
        kind=MediaKind.LINK,
        address=address,
        name=name,
        created_by=by,
    )
    return _add(media, None, None, by=by)


@transaction.atomic
def _add(
    media: PostMedia,
    content: "File[bytes] | None",
    preview: "File[bytes] | None",
    *,
    by: User,
) -> PostMedia:
    live = PostMedia.objects.live().filter(post=media.post)
    if live.count() >= MEDIA_AT_MOST:
        raise Refusal(
            _("This post has %(number)d images and videos, the most there may be.")
            % {"number": MEDIA_AT_MOST}
        )
    media.position = (live.aggregate(last=Max("position"))["last"] or 0) + 1
    if content is not None:
        media.file.save(str(content.name), content, save=False)
    if preview is not None:
        media.preview.save(str(preview.name), preview, save=False)
    media.save(force_insert=True)
    _settle(media, "content_calendar.media_added", by=by)
    return media


@transaction.atomic
def describe_media(
    post: Post,
    texts: Mapping[PostMedia, str],
    captions: Mapping[PostMedia, bool] = MappingProxyType({}),
    *,
    by: User,
) -> bool:
    """Write the descriptions of images, and which videos have captions; False when none differs."""
    changed = [media for media, text in texts.items() if media.alt_text != text]
    for media in changed:
        media.alt_text = texts[media]
        media.save(update_fields=["alt_text"])
    for media, has_captions in captions.items():
        if media.has_captions != has_captions:
            media.has_captions = has_captions
            media.save(update_fields=["has_captions"])
            changed.append(media)
    if changed:
        _settle(changed[0], "content_calendar.media_described", by=by)
    return bool(changed)


@transaction.atomic
def move_media(media: PostMedia, *, by: User, is_up: bool) -> None:
    """Change the order by one place; at the end nothing happens."""
    order = list(PostMedia.objects.live().filter(post=media.post).in_order())
    if media not in order:
        return
    place = order.index(media)
    to = place - 1 if is_up else place + 1
    if not 0 <= to < len(order):
        return
    order.insert(to, order.pop(place))
    for position, one in enumerate(order, start=1):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
    _settle(media, "content_calendar.media_moved", by=by)


@transaction.atomic
def remove_media(media: PostMedia, *, by: User) -> bool:
    """Take it off the post, to be restored at will; False when it was gone already."""
    live = PostMedia.objects.live().filter(pk=media.pk)
    if not live.update(removed_at=timezone.now()):
        return False
    _settle(media, "content_calendar.media_removed", by=by)
    return True


@transaction.atomic
def restore_media(media: PostMedia, *, by: User) -> bool:
    """Bring it back where it was; False when it was there already."""
    removed = PostMedia.objects.filter(pk=media.pk, removed_at__isnull=False)
    if not removed.update(removed_at=None):
        return False
    _settle(media, "content_calendar.media_restored", by=by)
    return True


def _settle(media: PostMedia, verb: str, *, by: User) -> None:
    """Leave the change in the log, and ask for approval again where it goes beyond the last one."""
    record(
        media.post.workspace,
        by=by,
        verb=verb,
        subject=("post", str(media.post.uid)),
        label=media.post.name,
    )
    now = Post.objects.select_related("workspace").get(pk=media.post_id)
    ask_again(now, changed={"media"}, by=by)
