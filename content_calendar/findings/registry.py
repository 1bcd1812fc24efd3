"""The registry of checks on a post."""

from collections.abc import Callable, Iterator

from content_calendar.domain.post_finding import PostFinding
from content_calendar.findings.draft import Draft
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
