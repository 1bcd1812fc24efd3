"""The limits of each network, for each version."""

from collections.abc import Iterator

from content_calendar.domain.post_finding import PostFinding
from content_calendar.findings.draft import Draft
from content_calendar.findings.registry import check
from networks.version_check import check_version


@check("limits")
def limits(draft: Draft) -> Iterator[PostFinding]:
    """What is too long or too much for a network."""
    for version in draft.versions:
        for found in check_version(
            version.network,
            version.text,
            format=version.format,
            images=draft.alt_texts,
            title=draft.title,
            has_video=draft.has_video,
        ):
            yield PostFinding(
                severity=found.severity,
                code=f"limit-{found.code}",
                sentence=found.sentence,
                field=f"{version.channel}-own_text",
                channel=version.channel_name,
            )
