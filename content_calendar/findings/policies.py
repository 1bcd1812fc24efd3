"""What the rules of the policies in force say of a post."""

from collections.abc import Iterator, Sequence

from content_calendar.domain.post_finding import PostFinding
from content_calendar.findings.draft import Draft, DraftVersion
from networks.enums import PostFormat
from policies.rules import OtherPost, RuleDraft
from policies.services.judging import ActiveRule, judge
from workspaces.models import Workspace

#: Not counted as a post in the feed of its own.
BESIDE_THE_FEED = {PostFormat.STORY, PostFormat.THREAD}


def judge_by_policies(
    workspace: Workspace, draft: Draft, rules: Sequence[ActiveRule]
) -> Iterator[PostFinding]:
    """Yield what ``rules`` say of each version; what they say of several alike comes once for each."""
    for version in draft.versions:
        for found in judge(workspace, rule_draft(draft, version), rules=rules):
            yield PostFinding(
                severity=found.severity,
                code=f"rule-{found.code}",
                sentence=str(found.sentence),
                title=found.policy,
                url=found.url,
                rule=found.rule,
                asks_why=found.asks_why,
                tag=found.tag,
                channel=version.channel_name,
            )


def rule_draft(draft: Draft, version: DraftVersion) -> RuleDraft:
    return RuleDraft(
        text=version.text,
        today=draft.today,
        channel=version.channel,
        network=version.network,
        format=version.format,
        category=draft.category,
        origin=draft.origin,
        source=draft.source,
        has_permission=draft.has_permission,
        engagement=draft.engagement,
        role=draft.role,
        at=version.at,
        advertising=draft.advertising,
        alt_texts=draft.alt_texts,
        now=draft.now,
        known_tags=draft.known_tags,
        is_out=version.is_out,
        is_looked_at=draft.is_looked_at,
        touched_at=draft.touched_at,
        leaves_now=draft.leaves_now,
        videos_without_captions=draft.videos_without_captions,
        retouching=draft.retouching,
        history=tuple(
            OtherPost(one.text, one.at, counts=one.format not in BESIDE_THE_FEED)
            for one in draft.others_on(version.channel)
        ),
    )
