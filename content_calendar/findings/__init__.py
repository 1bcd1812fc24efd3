"""What is to look at in one post: a registry of checks, one entry each.

Adding one is one function with ``@check`` in a module of this package (every module is read).
Every check is pure: it takes a ``Draft`` and gives findings.
"""

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

from content_calendar.domain.post_finding import PostFinding
from content_calendar.findings.draft import Draft, DraftVersion, draft_of, drafts_of
from content_calendar.findings.policies import judge_by_policies
from content_calendar.findings.registry import run_checks
from content_calendar.models import Post, PostVersion
from policies.services.judging import rules_in_force
from workspaces.models import Membership

__all__ = [
    "Draft",
    "DraftVersion",
    "PostFinding",
    "draft_of",
    "drafts_of",
    "findings_in",
    "findings_of",
    "run_checks",
]

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")


def findings_of(
    post: Post,
    versions: Sequence[PostVersion] | None = None,
    *,
    author: Membership | None = None,
    leaves_now: bool = False,
) -> list[PostFinding]:
    """Return what is to look at in a post, gravest first: checks, strategy and policies together.

    ``versions`` and ``author`` are given where the post is only typed so far (``draft_of``).
    ``leaves_now``: it is handed over to a tool that publishes it unasked.
    """
    draft = draft_of(post, versions, author=author, leaves_now=leaves_now)
    return findings_in(draft, post)


def findings_in(draft: Draft, post: Post) -> list[PostFinding]:
    """Return what is to look at in a draft that was read from ``post``."""
    rules = rules_in_force(post.workspace)
    found = [*run_checks(draft), *judge_by_policies(post.workspace, draft, rules)]
    return sorted(found, key=lambda finding: finding.severity.rank)
