"""What the networks make of a post: how long it is, what is too much, how it looks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from content_calendar.enums import MediaKind
from content_calendar.models import Post, PostMedia
from networks.catalogue import NETWORKS, Network
from networks.counting import Count, count
from networks.models import Channel
from networks.preview import Preview, preview
from networks.version_check import LimitFinding, check_version


@dataclass(frozen=True)
class VersionCheck:
    """One version as its network takes it."""

    channel: Channel
    network: Network
    count: Count
    findings: Sequence[LimitFinding]
    preview: Preview

    @property
    def count_id(self) -> str:
        """The id of the length in the page."""
        return f"count-{self.channel.uid}"

    @property
    def preview_id(self) -> str:
        """The id of the preview's heading."""
        return f"preview-{self.channel.uid}"


#: A channel, and the text and the format (a PostFormat) that go out on it.
Typed = tuple[Channel, str, str]


def checks_of(versions: Iterable[Typed], post: Post | None = None) -> dict[str, Any]:
    """Return what the page says of versions as they are typed, with what media the post has."""
    return _context(versions, _live_media(post))


def checks_of_post(post: Post) -> dict[str, Any]:
    """Return what the page says of the post as it is stored."""
    versions = post.versions.select_related("channel")
    typed = [(one.channel, one.own_text or post.text, one.format) for one in versions]
    return _context(typed, _live_media(post))


def _context(versions: Iterable[Typed], media: Sequence[PostMedia]) -> dict[str, Any]:
    """What several channels say in the same words is said once."""
    checks = _checks(versions, media)
    findings = {finding.sentence: finding for check in checks for finding in check.findings}
    return {"checks": checks, "limit_findings": list(findings.values())}


def _live_media(post: Post | None) -> list[PostMedia]:
    return list(PostMedia.objects.live().filter(post=post).in_order()) if post else []


def _checks(versions: Iterable[Typed], media: Sequence[PostMedia]) -> list[VersionCheck]:
    images = [one.alt_text for one in media if one.is_image]
    has_video = any(one.kind == MediaKind.VIDEO for one in media)
    return [
        VersionCheck(
            channel,
            NETWORKS[channel.network],
            count(channel.network, text, format=format, has_video=has_video),
            check_version(channel.network, text, format=format, images=images, has_video=has_video),
            preview(channel.network, text),
        )
        for channel, text, format in versions
    ]
