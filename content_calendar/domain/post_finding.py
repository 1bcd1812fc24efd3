"""What is found on a post."""

from dataclasses import dataclass

from core.findings import Severity

#: The field of a finding that is mended by adding a picture or a video.
MEDIA_FIELD = "media"


@dataclass(frozen=True, kw_only=True)
class PostFinding:
    """A finding without an address; ``field`` is where on the post's page it is mended.

    One from a policy has the policy's ``title`` and ``url`` and the code of its ``rule``;
    ``asks_why``: who goes on gives a reason; ``tag`` is a hashtag to check.
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
