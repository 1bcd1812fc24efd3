"""The registry of checks on a post."""

from collections.abc import Callable, Iterable, Iterator

from django.urls import reverse

from content_calendar.domain.post_finding import PostFinding
from content_calendar.findings.draft import Draft
from content_calendar.models import Post
from core.findings import Finding, Severity
from core.registry import Registry

Check = Callable[[Draft], Iterator[PostFinding]]

CHECKS: Registry[Check] = Registry("check on posts")


def check(code: str) -> Callable[[Check], Check]:
    """Register a function under a code."""
    return lambda function: CHECKS.register(code, function)


def run_checks(draft: Draft) -> list[PostFinding]:
    """Return what is to look at, gravest first."""
    found = [finding for one in CHECKS for finding in one(draft)]
    return sorted(found, key=lambda finding: finding.severity.rank)


def with_addresses(found: Iterable[PostFinding], post: Post, link: str) -> list[Finding]:
    """Give each finding the address on the post's page where it is mended."""
    page = reverse("calendar:post", args=[post.workspace.slug, post.uid])
    return [
        Finding(
            severity=finding.severity,
            code=finding.code,
            sentence=finding.sentence,
            link=link,
            url=f"{page}#id_{finding.field}",
        )
        for finding in found
    ]


def blocks(found: Iterable[PostFinding]) -> bool:
    """Whether something must be fixed before the post is scheduled."""
    return any(finding.severity == Severity.BLOCKER for finding in found)


def needs_approval(found: Iterable[PostFinding]) -> bool:
    """Whether somebody else must approve the post because of what it says."""
    return any(finding.severity == Severity.NEEDS_APPROVAL for finding in found)
