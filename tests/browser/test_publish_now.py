"""A marketer publishes at once what would have waited for approval; a manager reads why."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.findings import Severity
from policies.models import RuleSetting
from policies.services.policies import Publication, add_policy, publish_policy
from policies.services.reading import acknowledge
from tests.browser.conftest import PageOf
from tests.browser.test_every_page import grave
from tests.content_calendar.calendar_of import make_channel, make_post
from workspaces.models import Membership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_post_that_cannot_wait_goes_out_and_the_manager_is_told(
    marketer: Membership, manager: Membership, admin: Membership, page_of: PageOf
) -> None:
    workspace = marketer.workspace
    policy = add_policy(workspace, {"title": "Policy", "text": "Words."}, by=admin.user)
    version = publish_policy(policy, Publication(), expected=policy.revision, by=admin.user)
    acknowledge(version, by=marketer)
    RuleSetting.objects.create(
        policy=policy,
        rule="words",
        is_on=True,
        severity=Severity.NEEDS_APPROVAL,
        parameters={"words": "ferry"},
    )
    tomorrow = timezone.localdate() + timedelta(days=1)
    text = "The last ferry goes at six tonight"
    post = make_post(marketer, make_channel(marketer), text=text, planned_on=tomorrow)
    page = page_of(marketer)

    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Publish now, tell the managers").click()
    assert grave(page) == []
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why this cannot wait.")
    page.get_by_label("Why can it not wait?").fill("The storm has come early")
    page.get_by_role("button", name="Publish now").click()

    expect(page.get_by_text("is due now, and the managers are told")).to_be_visible()
    expect(page.get_by_text("Text to copy").first).to_be_visible()
    reader = page_of(manager)
    reader.goto(f"/w/{workspace.slug}/notices/")
    expect(reader.get_by_text("Reason: The storm has come early").first).to_be_visible()
