"""What an approval is for: text, media, link and channels of a post, as they were seen."""

import hashlib
import json
from typing import Any

from content_calendar.models import Post


def fingerprint_of(post: Post) -> str:
    """Return a hash that changes when what people will see of the post changes.

    Day, time, owner, tags, notes and what it serves in the strategy are not part of it.
    """
    what = {
        "text": post.text,
        "versions": sorted(
            [str(version.channel.uid), version.format, version.text] for version in _versions(post)
        ),
        "media": [
            [media.kind, media.checksum or media.address, media.alt_text] for media in _media(post)
        ],
    }
    return hashlib.sha256(json.dumps(what, ensure_ascii=False).encode()).hexdigest()


def seen_in(post: Post) -> dict[str, Any]:
    """Return the same in words, as a decision keeps it and pages show it."""
    return {
        "text": post.text,
        "versions": [
            {
                "uid": str(version.channel.uid),
                "channel": str(version.channel),
                "network": version.channel.network,
                "format": str(version.get_format_display()),
                "text": version.text,
            }
            for version in _versions(post)
        ],
        "media": [
            {"name": str(media), "address": media.address, "alt_text": media.alt_text}
            for media in _media(post)
        ],
    }


def _versions(post: Post) -> Any:
    versions = list(post.versions.select_related("channel"))
    for version in versions:
        version.post = post
    return versions


def _media(post: Post) -> Any:
    return post.media.filter(removed_at__isnull=True)
