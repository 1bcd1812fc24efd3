"""The list of policies: where each stands, for the person who looks."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from policies.models import Policy, PolicyVersion
from policies.services.reading import Due, due_for
from workspaces.models import Membership
from workspaces.permissions import Permission


@dataclass(frozen=True)
class PolicyLine:
    """One policy: what is in force, what is coming, and what ``due`` asks of the reader.

    ``has_draft``: the text as it is being written is not what was published last.
    """

    policy: Policy
    in_force: PolicyVersion | None
    coming: PolicyVersion | None
    has_draft: bool
    due: Due | None


def policy_lines(member: Membership, now: datetime) -> list[PolicyLine]:
    """Return the policies that ``member`` may see, in three queries.

    What was never published is seen by those who draft; what is archived too.
    """
    workspace = member.workspace
    due = {one.version.policy_id: one for one in due_for(member, now)}
    standing = (
        PolicyVersion.objects.for_workspace(workspace)
        .standing()
        .annotate(is_as_written=Q(title=F("policy__title"), text=F("policy__text")))
        .select_related("published_by")
        .defer("text")
        .order_by("number")
    )
    in_force: dict[int, PolicyVersion] = {}
    coming: dict[int, PolicyVersion] = {}
    as_written: dict[int, bool] = {}
    for version in standing:
        (coming if version.in_force_at > now else in_force)[version.policy_id] = version
        as_written[version.policy_id] = vars(version)["is_as_written"]
    drafts = member.can(Permission.DRAFT_POLICIES)
    lines = []
    for policy in Policy.objects.for_workspace(workspace).defer("text"):
        policy.workspace = workspace
        if drafts or (policy.pk in in_force and not policy.archived_at):
            lines.append(
                PolicyLine(
                    policy=policy,
                    in_force=in_force.get(policy.pk),
                    coming=coming.get(policy.pk),
                    has_draft=not as_written.get(policy.pk, False),
                    due=due.get(policy.pk),
                )
            )
    return sorted(lines, key=lambda line: line.in_force is None)
