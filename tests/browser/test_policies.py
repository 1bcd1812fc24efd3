"""Policies in Chromium: published, shown in a banner, read, done; open to all, and printed."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from policies.models import Policy
from policies.rules import RULES
from policies.services.policies import Publication, add_policy, publish_policy, save_policy
from policies.services.reading import acknowledge, due_for
from policies.services.rules import save_rule, setting_of
from tests.browser.conftest import PageOf
from tests.browser.test_every_page import NARROW, WIDE, grave
from workspaces.models import Membership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = """\
Read this first: سياسة وسائل التواصل, 社交媒体政策.

## Who may post

Only our own people. | They | have names |

## 写真について

公開する前に必ず本人の許可を得てください。子どもの写真は保護者の書面による同意が必要です。

## صور الأشخاص

اسأل قبل أن تنشر صورة وجه.

| Who | When |
| --- | --- |
| Everybody | always |

- one
- https://example.org/a-very-long-address/that-goes-on/and-on/and-on/and-on/and-on/and-on/and-on
"""


@pytest.fixture
def policy(admin: Membership, marketer: Membership) -> Policy:
    """A policy whose second version the marketer, who read the first one, has to read."""
    policy = add_policy(
        admin.workspace, {"title": "Social media policy سياسة", "text": TEXT}, by=admin.user
    )
    first = publish_policy(policy, Publication(), expected=policy.revision, by=admin.user)
    acknowledge(first, by=marketer)
    for code in ("words", "alt_text", "who_approves"):
        rule = RULES[code]
        on = {"is_on": True, "clause": "Who may post", "words": "free"}
        save_rule(policy, rule, on, expected=setting_of(policy, rule).revision, by=admin.user)
    policy.refresh_from_db()
    changed = TEXT.replace("Only our own people.", "Only our own people and the agency.")
    save_policy(policy, {"text": changed}, expected=policy.revision, by=admin.user)
    policy.refresh_from_db()
    publish_policy(
        policy, Publication(summary="The agency."), expected=policy.revision, by=admin.user
    )
    policy.refresh_from_db()
    return policy


@pytest.mark.parametrize("look", [WIDE, NARROW], ids=["wide and light", "narrow and dark"])
def test_pages_of_policies_are_open_to_all_and_fit(
    look: dict[str, Any], policy: Policy, marketer: Membership, admin: Membership, page_of: PageOf
) -> None:
    save_policy(
        policy,
        {"text": policy.text + "\n\n## Empty\n\n## New\n\nAsk [Name]."},
        expected=policy.revision,
        by=admin.user,
    )
    space, inside = f"/w/{policy.workspace.slug}/policies/", policy.get_absolute_url()
    places = ["draft/", "edit/", "versions/", "versions/2/", "readers/", "readers/signed/"]
    addresses = [space, f"{space}add/", f"{space}try/", inside]
    addresses += [f"{inside}{place}" for place in (*places, "rules/", "rules/words/")]
    wrong = {}

    for person, asked in ((admin, addresses), (marketer, [space, inside])):
        page = page_of(person, **look)
        for address in asked:
            response = page.goto(address)
            assert response is not None
            assert response.status == 200, address
            wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            faults = grave(page) + ([f"{wider} px too wide"] if wider > 0 else [])
            if faults:
                wrong[address] = faults

    assert wrong == {}


def test_policy_is_published_shown_in_a_banner_read_and_done(
    policy: Policy, admin: Membership, marketer: Membership, page_of: PageOf
) -> None:
    reading = page_of(marketer)
    reading.goto(f"/w/{policy.workspace.slug}/channels/")
    reading.get_by_role("link", name="Read it").click()
    expect(reading.locator("ins")).to_have_text("Added: people and the agency.")

    # While the page stands open, somebody publishes once more.
    writing = page_of(admin)
    writing.goto(f"{policy.get_absolute_url()}edit/")
    writing.get_by_label("Text", exact=False).fill("## Who may post\n\nNobody for now.")
    writing.get_by_role("button", name="Save and preview").click()
    writing.get_by_role("button", name="Publish").click()
    expect(writing.get_by_text("Version 3 is in force.")).to_be_visible()

    reading.get_by_role("button", name="Read and understood").click()
    expect(reading.get_by_text("has changed since you opened it")).to_be_visible()
    expect(reading.get_by_text("Nobody for now.")).to_be_visible()
    assert due_for(marketer, timezone.now())
    reading.get_by_role("button", name="Read and understood").click()
    expect(reading.get_by_text("You have read this")).to_be_visible()
    expect(reading.locator(".policy-banner")).to_have_count(0)
    assert not due_for(marketer, timezone.now())


def test_policy_is_printed_without_controls(
    policy: Policy, marketer: Membership, page_of: PageOf
) -> None:
    page = page_of(marketer)
    page.goto(policy.get_absolute_url())

    page.emulate_media(media="print")

    for words in ("Read and understood", "Go to the end", "Versions"):
        expect(page.get_by_text(words, exact=True).filter(visible=True)).to_have_count(0)
    expect(page.get_by_text("公開する前に").filter(visible=True)).to_have_count(1)
