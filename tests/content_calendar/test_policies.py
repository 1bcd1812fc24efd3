"""Policies act on posts: their rules judge what is written, and who has not read them waits."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from content_calendar.enums import PostState
from content_calendar.findings import findings_of
from content_calendar.services.approval import NeedsApproval, schedule_post
from core.findings import Severity
from policies.models import Policy, RuleSetting
from policies.services.policies import Publication, add_policy, publish_policy, save_policy
from policies.services.reading import acknowledge
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import make_channel, make_post
from workspaces.models import Membership, Workspace


@pytest.fixture
def policy(workspace: Workspace, admin: Membership, marketer: Membership) -> Policy:
    """A policy in force with a rule about words, that the marketer has read."""
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=400))
    made = add_policy(
        workspace,
        {"title": "Social media policy", "text": "## Words\n\nNo hurry."},
        by=admin.user,
    )
    version = publish_policy(made, Publication(), expected=made.revision, by=admin.user)
    acknowledge(version, by=marketer)
    RuleSetting.objects.create(
        policy=made,
        rule="words",
        is_on=True,
        severity=Severity.NEEDS_APPROVAL,
        parameters={"words": "hurry"},
        updated_by=admin.user,
    )
    return made


def test_rule_is_told_at_the_post_with_its_policy_and_asks_for_approval(
    policy: Policy, marketer: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer, make_channel(marketer), text="Hurry, two places left.")

    (finding,) = [one for one in findings_of(post) if one.code.startswith("rule-")]
    page = client_as(marketer).get(post.get_absolute_url()).content.decode()

    assert finding.severity == Severity.NEEDS_APPROVAL
    assert finding.title == "Social media policy"
    assert f'href="{finding.url}"' in page
    with pytest.raises(NeedsApproval):
        schedule_post(post, findings=findings_of(post), by=marketer.user)


def test_post_that_breaks_no_rule_is_scheduled(policy: Policy, marketer: Membership) -> None:
    post = make_post(marketer, make_channel(marketer), text="Two places left.")

    scheduled = schedule_post(post, findings=findings_of(post), by=marketer.user)

    assert scheduled.state == PostState.SCHEDULED


def test_policy_unread_after_its_day_lets_new_posts_wait_for_somebody_else(
    policy: Policy, admin: Membership, marketer: Membership
) -> None:
    policy.refresh_from_db()
    saved = save_policy(
        policy, {"text": "## Words\n\nNo hurry at all."}, expected=policy.revision, by=admin.user
    )
    publish_policy(saved, Publication(), expected=saved.revision, by=admin.user)
    post = make_post(marketer, make_channel(marketer), text="Two places left.")
    early = make_post(marketer, make_channel(marketer), text="Three places left.")
    schedule_post(early, by=marketer.user)

    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        with pytest.raises(NeedsApproval, match="Read “Social media policy” first"):
            schedule_post(post, by=marketer.user)
        early.refresh_from_db()
        assert early.state == PostState.SCHEDULED
