"""The access register in Chromium: an external's first access, and a leaver."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from networks.models import AccessGrant, Channel
from policies.services.policies import Publication, add_policy, publish_policy
from tests.browser.conftest import PageOf
from tests.browser.test_every_page import NARROW, WIDE, grave
from tests.factories import MembershipFactory, UserFactory
from tests.networks.accesses import make_access, make_channel
from workspaces.enums import Engagement, Role
from workspaces.models import Membership, Workspace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def channel(workspace: Workspace, marketer: Membership) -> Channel:
    return make_channel(workspace, owner=marketer)


def test_an_externals_first_access(
    channel: Channel, marketer: Membership, admin: Membership, page_of: PageOf
) -> None:
    """Refused until the policy is read, then given."""
    policy = add_policy(
        channel.workspace, {"title": "Social media policy", "text": "Be kind."}, by=admin.user
    )
    publish_policy(policy, Publication(), expected=policy.revision, by=admin.user)
    external = MembershipFactory.create(
        workspace=channel.workspace,
        user=UserFactory.create(name="Otto Outside"),
        role=Role.CONTRIBUTOR,
        engagement=Engagement.EXTERNAL,
        company="Kystlyd film",
        joined_at=timezone.now() - timedelta(days=1),
    )

    page = page_of(marketer)
    page.goto(f"/w/fjordlys/channels/{channel.uid}/")
    page.get_by_role("link", name="Add access").click()
    page.get_by_label("Member").select_option(label="Otto Outside (Kystlyd film)")
    page.get_by_label("Level").select_option(label="Editor or publisher")
    page.get_by_label("Where the password is kept").fill("Sommer2026!")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("This looks like a password").first).to_be_visible()
    page.get_by_label("Where the password is kept").fill("1Password, vault Film")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("has not read “Social media policy”")).to_be_visible()
    assert grave(page) == []

    reading = page_of(external)
    reading.goto(policy.get_absolute_url())
    reading.get_by_role("button", name="Read and understood").click()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("rowheader", name="Otto Outside (Kystlyd film)")).to_be_visible()


def test_a_leaver(channel: Channel, admin: Membership, reader: Membership, page_of: PageOf) -> None:
    """Removed from the workspace, and everything taken back, ticked off on a phone."""
    make_access(channel, reader, level="admin", holds_recovery_phone=True)
    make_access(make_channel(channel.workspace, "@other"), reader, login="shared")

    page = page_of(admin, **NARROW)
    page.goto(f"/w/fjordlys/people/{reader.uid}/remove/")
    expect(page.get_by_text("Instagram: @other, Editor or publisher")).to_be_visible()
    page.get_by_role("button", name="Remove from the workspace").click()
    expect(page.get_by_text("Change the recovery phone number.")).to_be_visible()
    assert grave(page) == []
    page.get_by_label("Instagram: @fjordlys").check()
    page.get_by_role("button", name="Tick off").click()
    expect(page.get_by_text("1 to go")).to_be_visible()
    page.get_by_label("Instagram: @other").check()
    page.get_by_role("button", name="Tick off").click()
    expect(page.get_by_role("heading", name="Nothing to take back")).to_be_visible()
    assert not AccessGrant.objects.current().exists()


def test_pages_of_the_register_are_open_to_all(
    channel: Channel, marketer: Membership, reader: Membership, page_of: PageOf
) -> None:
    grant = make_access(channel, reader)
    make_access(channel, None, ends_on=channel.workspace.today() - timedelta(days=1))
    places = (
        "access/",
        "access/confirm/?all=1",
        f"access/{grant.uid}/",
        "access/bring-in/",
        f"{channel.uid}/",
    )
    for width in (WIDE, NARROW):
        page = page_of(marketer, **width)
        for place in places:
            page.goto(f"/w/fjordlys/channels/{place}")
            assert grave(page) == [], place
            assert (
                page.evaluate("document.documentElement.scrollWidth") <= width["viewport"]["width"]
            ), place
