"""The posts that are planned, for policies to count how many a rule concerns."""

from collections.abc import Sequence

from content_calendar.enums import UNCOUNTED
from content_calendar.findings import drafts_of
from content_calendar.findings.policies import rule_draft
from content_calendar.models import Post
from policies.rules import RuleDraft
from policies.services.counting import PLANNED_DRAFTS
from workspaces.models import Workspace

POSTS_AT_MOST = 300  # the soonest


def planned_posts(workspace: Workspace) -> Sequence[Sequence[RuleDraft]]:
    """Return the posts from today on that are neither out nor cancelled, soonest first."""
    planned = Post.objects.for_workspace(workspace).live().not_out().exclude(state__in=UNCOUNTED)
    posts = list(planned.filter(planned_on__gte=workspace.today()).in_order()[:POSTS_AT_MOST])
    return [
        [rule_draft(draft, version) for version in draft.versions]
        for draft in drafts_of(workspace, posts).values()
        if draft.versions
    ]


PLANNED_DRAFTS.register("content_calendar.posts", planned_posts)
