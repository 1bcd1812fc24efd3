"""What is found on a post."""

from dataclasses import dataclass

from core.findings import Severity


@dataclass(frozen=True, kw_only=True)
class PostFinding:
    """A finding without an address; ``field`` is where on the post's page it is mended.

    One from a policy has the policy's ``title`` and ``url``.
    """

    severity: Severity
    code: str
    sentence: str
    field: str = "text"
    title: str = ""
    url: str = ""
