"""What goes out today, each post with who ticked it and what is to be checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from content_calendar.domain.post_finding import PostFinding
from content_calendar.findings import drafts_of
from content_calendar.findings.policies import judge_by_policies
from content_calendar.models import DayCheck, Post, PostVersion
from content_calendar.presentation.states import StateLook, look_of
from content_calendar.services.day_check import ASKING, posts_of_today
from policies.services.holding import HoldOn
from policies.services.judging import rules_in_force
from workspaces.models import Workspace


@dataclass(frozen=True)
class DayLine:
    """One post of today; ``findings`` is what rules ask on its day, each sentence once."""

    post: Post
    look: StateLook
    versions: Sequence[PostVersion]
    check: DayCheck | None
    findings: Sequence[PostFinding]


@dataclass(frozen=True)
class DayList:
    """All of today; ``is_asked``: a policy in force wants each post ticked."""

    lines: Sequence[DayLine]
    is_asked: bool

    @property
    def left(self) -> list[DayLine]:
        return [line for line in self.lines if line.check is None]


def day_list_of(workspace: Workspace, *, hold: HoldOn | None = None) -> DayList:
    """Return today's posts, soonest first; the number of queries does not grow with them.

    ``hold`` is what stops posts now.
    """
    now, today = timezone.now(), workspace.today()
    found = posts_of_today(workspace).select_related("owner__user")
    posts = list(found.prefetch_related("versions__channel"))
    for post in posts:
        post.workspace = workspace
    checks = DayCheck.objects.filter(post__in=posts, day=today).select_related("by")
    by_post = {check.post_id: check for check in checks}
    rules = rules_in_force(workspace)
    told = [one for one in rules if one.rule.code in {"hashtags", "no_robot_posts"}]
    drafts = drafts_of(workspace, posts) if told else {}
    lines = []
    for post in posts:
        findings = judge_by_policies(workspace, drafts[post], told) if post in drafts else ()
        lines.append(
            DayLine(
                post=post,
                look=look_of(post, now=now, lead_time_hours=workspace.lead_time_hours, hold=hold),
                versions=list(post.versions.all()),
                check=by_post.get(post.pk),
                findings=list({one.sentence: one for one in findings}.values()),
            )
        )
    return DayList(lines, is_asked=any(one.rule.code in ASKING for one in rules))
