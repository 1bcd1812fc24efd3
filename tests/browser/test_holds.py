"""The night on which all posts are stopped, and the morning after, in Chromium."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from content_calendar.domain.fingerprint import fingerprint_of
from content_calendar.enums import PostState
from content_calendar.models import HeldPost, Post
from content_calendar.services.approval import approve, cancel_post, schedule_post
from content_calendar.services.going_out import hand_over
from content_calendar.services.holds import stop_posts
from policies.models import Hold
from policies.rules import RULES
from policies.services.policies import Publication, add_policy, publish_policy
from policies.services.rules import save_rule, setting_of
from tests.browser.conftest import PageOf
from tests.browser.test_every_page import NARROW, WIDE, grave
from tests.content_calendar.calendar_of import DAY, make_channel, make_post
from tests.factories import MembershipFactory
from workspaces.enums import Engagement, Role
from workspaces.models import Membership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EVENING = datetime(2026, 11, 23, 21, tzinfo=UTC)  # 22:00 in Oslo
MORNING = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
STOPS = "/w/fjordlys/calendar/stops/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(EVENING) as clock:
        yield clock


@pytest.fixture
def planned(marketer: Membership) -> list[Post]:
    """Two posts that the team publishes in the morning, and one that lies in Buffer."""
    channel = make_channel(marketer)
    posts = [
        schedule_post(make_post(marketer, channel, text=text, planned_time=at), by=marketer.user)
        for text, at in (
            ("Storm sale: everything must fly", time(7)),
            ("Winter lights on Saturday", time(9)),
            ("The worksheet for schools", time(10)),
        )
    ]
    hand_over(posts[2], tool="Buffer", by=marketer.user)
    return posts


def line(page: Page, words: str) -> Any:
    return page.get_by_role("listitem").filter(has_text=words)


@pytest.fixture
def external(contributor: Membership) -> Membership:
    """Somebody from an agency, bound by a policy that has hashtags checked."""
    Membership.objects.filter(pk=contributor.pk).update(
        engagement=Engagement.EXTERNAL, company="Agency"
    )
    admin = MembershipFactory.create(workspace=contributor.workspace, role=Role.ADMIN)
    policy = add_policy(admin.workspace, {"title": "Rules", "text": "## Hashtags"}, by=admin.user)
    rule = RULES["hashtags"]
    setting = setting_of(policy, rule)
    save_rule(policy, rule, {"is_on": True}, expected=setting.revision, by=admin.user)
    policy.refresh_from_db()
    publish_policy(policy, Publication(), expected=policy.revision, by=admin.user)
    return Membership.objects.select_related("workspace", "user").get(pk=contributor.pk)


def test_hashtag_of_a_town_is_avoided_posts_are_stopped_at_night_and_lifted_one_by_one(
    planned: list[Post],
    external: Membership,
    marketer: Membership,
    manager: Membership,
    reader: Membership,
    page_of: PageOf,
    clock: time_machine.Traveller,
) -> None:
    # Somebody from outside plans a post with the name of a town that everybody speaks of.
    agency = page_of(external)
    agency.goto("/w/fjordlys/calendar/posts/add/?day=2026-11-23")
    agency.get_by_label("Text", exact=True).fill("Greetings to #Ravnsund, see you soon")
    agency.get_by_label("Instagram").first.check()
    agency.get_by_label("Time", exact=True).first.fill("23:30")
    agency.get_by_role("button", name="Add the post").click()
    expect(agency.get_by_text("Let somebody employed here check #Ravnsund")).to_be_visible()
    agency.get_by_role("button", name="Submit for approval").click()
    tagged = Post.objects.get(text__contains="Ravnsund")
    approve(tagged, fingerprint=fingerprint_of(tagged), by=manager.user)
    agency.goto(tagged.get_absolute_url())
    agency.get_by_role("button", name="Schedule it").click()
    expect(agency.get_by_role("alert").or_(agency.locator(".message"))).to_contain_text(
        "Let somebody employed here check #Ravnsund"
    )

    # Another person looks the tag up, and it does not go out.
    other = page_of(marketer)
    other.goto(tagged.get_absolute_url())
    other.get_by_role("link", name="Check #Ravnsund").click()
    other.get_by_label("What is it about right now?").fill("A boat is missing there.")
    other.get_by_label("Avoid: no post goes out with it").check()
    other.get_by_role("button", name="Note the check").click()
    other.goto(tagged.get_absolute_url())
    other.get_by_role("button", name="Schedule it").click()
    expect(other.locator(".message")).to_contain_text("Take #Ravnsund out.")
    assert Post.objects.get(pk=tagged.pk).state == PostState.APPROVED
    cancel_post(Post.objects.select_related("workspace").get(pk=tagged.pk), by=marketer.user)

    # Later that night everything is stopped, from a phone.
    phone = page_of(marketer, **PHONE)
    phone.goto("/w/fjordlys/channels/")
    phone.get_by_role("link", name="Stop all posts").click()
    phone.get_by_role("button", name="Stop posts now").click()
    expect(phone.get_by_text("All posts are stopped.")).to_be_visible()
    expect(phone.get_by_text("1 post lies in Buffer and we cannot stop it")).to_be_visible()
    phone.get_by_role("button", name="I stopped it there").click()
    expect(phone.get_by_text("Everything in Buffer is ticked off.")).to_be_visible()

    # Nothing goes out: the page of a post says why, and leads to what is held.
    phone.goto(planned[0].get_absolute_url())
    expect(phone.get_by_role("button", name="It is published")).to_have_count(0)
    phone.get_by_role("link", name="See what is held").click()
    expect(phone.get_by_role("heading", name="What is held")).to_be_visible()
    everybody = page_of(reader)
    everybody.goto("/w/fjordlys/")
    expect(everybody.get_by_text("Mari Marketer stopped them on")).to_be_visible()

    clock.move_to(MORNING)
    morning = page_of(manager)
    morning.goto("/w/fjordlys/")
    morning.get_by_role("link", name="What is held", exact=True).click()
    morning.get_by_role("link", name="Lift it post by post").click()
    expect(morning.get_by_role("button", name="Lift the stop")).to_have_count(0)
    line(morning, "Storm sale").get_by_role("button", name="Cancel it").click()
    worksheet = line(morning, "The worksheet")
    expect(worksheet).to_contain_text("Stopped in Buffer by Mari Marketer")
    worksheet.get_by_role("button", name="Needs another look").click()
    lights = line(morning, "Winter lights")
    lights.get_by_text("Move it", exact=True).click()
    lights.get_by_label("Day", exact=True).fill((DAY + timedelta(days=1)).isoformat())
    lights.get_by_role("button", name="Move it there").click()
    expect(morning.get_by_text("Every post has its answer.")).to_be_visible()
    morning.get_by_role("button", name="Lift the stop").click()

    expect(morning.get_by_role("heading", name="What was held")).to_be_visible()
    expect(morning.locator(".hold-banner")).to_have_count(0)
    trail = morning.get_by_role("listitem")
    expect(trail.filter(has_text="Mari Marketer stopped posts.")).to_contain_text("22:00 (Oslo)")
    expect(trail.filter(has_text="lifted the stop of posts")).to_contain_text("07:30 (Oslo)")
    assert [Post.objects.get(pk=post.pk).state for post in planned] == [
        PostState.CANCELLED,
        PostState.SCHEDULED,
        PostState.DRAFT,
    ]
    assert HeldPost.objects.answered().count() == 3
    assert not Hold.objects.on().exists()


@pytest.mark.parametrize("look", [WIDE, NARROW], ids=["wide and light", "narrow and dark"])
def test_pages_of_a_stop_are_open_to_all_and_fit(
    look: dict[str, Any], planned: list[Post], manager: Membership, page_of: PageOf
) -> None:
    page = page_of(manager, **look)
    hold = stop_posts(manager.workspace, reason="A fire in town", by=manager.user)[0]
    addresses = [STOPS, f"{STOPS}stop-posts/", f"{STOPS}{hold.uid}/", f"{STOPS}{hold.uid}/lift/"]
    wrong = {}

    for address in [*addresses, planned[0].get_absolute_url()]:
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        faults = grave(page) + ([f"{wider} px too wide"] if wider > 0 else [])
        if faults:
            wrong[address] = faults

    assert wrong == {}
