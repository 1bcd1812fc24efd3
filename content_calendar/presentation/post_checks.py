"""What is to look at in a post, how long it is on each network, and how it looks there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from content_calendar.domain.post_finding import MEDIA_FIELD
from content_calendar.findings import DraftVersion, PostFinding, draft_of, findings_in
from content_calendar.findings.draft import media_of
from content_calendar.models import Post, PostMedia, PostVersion
from networks.catalogue import NETWORKS, Network
from networks.counting import Count, count
from networks.preview import Preview, preview
from workspaces.models import Membership


@dataclass(frozen=True)
class VersionCheck:
    """One version as its network takes it."""

    uid: str
    name: str
    network: Network
    count: Count
    preview: Preview
    pictures: list[PostMedia]

    @property
    def count_id(self) -> str:
        """The id of the length in the page."""
        return f"count-{self.uid}"

    @property
    def preview_id(self) -> str:
        """The id of the preview's heading."""
        return f"preview-{self.uid}"


def checks_of(
    post: Post,
    versions: Sequence[PostVersion] | None = None,
    *,
    author: Membership | None = None,
    can_edit: bool = True,
) -> dict[str, Any]:
    """Return what the page says of the post and its versions, stored or only typed so far.

    What several channels say in the same words is said once. A finding leads to its field where
    the page has a form.
    """
    if versions is None:
        versions = list(post.versions.select_related("channel"))
    media = media_of(post)
    draft = draft_of(post, versions, author=author, media=media)
    pictures = [one for one in media if one.preview]
    everything = findings_in(draft, post)
    found = {finding.sentence: finding for finding in everything}
    return {
        "found": everything,
        "checks": [_version_check(one, draft.has_video, pictures) for one in draft.versions],
        "findings": [
            (one, _field_address(one, post) if can_edit else "") for one in found.values()
        ],
    }


def _field_address(finding: PostFinding, post: Post) -> str:
    if finding.field == MEDIA_FIELD:
        return "#post-media" if post.pk else ""
    return f"#id_{finding.field}"


def _version_check(
    version: DraftVersion, has_video: bool, pictures: list[PostMedia]
) -> VersionCheck:
    counted = count(version.network, version.text, format=version.format, has_video=has_video)
    return VersionCheck(
        uid=version.channel,
        name=version.channel_name,
        network=NETWORKS[version.network],
        count=counted,
        preview=preview(version.network, version.text),
        pictures=pictures,
    )
