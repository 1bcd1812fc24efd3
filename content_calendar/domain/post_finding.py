"""What is found on a post."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.findings import Severity

#: The field of a finding that is mended by adding a picture or a video.
MEDIA_FIELD = "media"


@dataclass(frozen=True, kw_only=True)
class PostFinding:
    """A finding without an address; ``field`` is where on the post's page it is mended.

    One from a policy has the policy's ``title`` and ``url`` and the code of its ``rule``;
    ``asks_why``: who goes on gives a reason; ``tag`` is a hashtag to check. ``channel`` is what
    the channel is called whose version it is about, empty where it is about the post.
    """

    severity: Severity
    code: str
    sentence: str
    field: str = "text"
    title: str = ""
    url: str = ""
    rule: str = ""
    asks_why: bool = False
    tag: str = ""
    channel: str = ""


def said_once(findings: Iterable[PostFinding]) -> list[tuple[PostFinding, list[str]]]:
    """Return what several channels say in the same words once, with the channels' names."""
    found: dict[str, tuple[PostFinding, list[str]]] = {}
    for finding in findings:
        _first, channels = found.setdefault(finding.sentence, (finding, []))
        if finding.channel and finding.channel not in channels:
            channels.append(finding.channel)
    return list(found.values())
