"""The button that plans what the balance suggests."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from content_calendar.enums import PostState
from content_calendar.models import Post
from core.enums import ContentCategory
from networks.models import Channel
from networks.services import remove_channel
from strategies.models import PostKind
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import make_channel
from tests.strategies.approved import approve_answers, make_strategy
from workspaces.models import Membership

NOW = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Oslo"))
MONTH = "/w/fjordlys/calendar/month/2026-11/"
PLAN = "/w/fjordlys/calendar/plan-suggestion/"


@pytest.fixture(autouse=True)
def _at_noon() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def channel(marketer: Membership) -> Channel:
    """A channel with two posts a week in the strategy in force."""
    channel = make_channel(marketer)
    strategy = make_strategy(marketer.workspace)
    PostKind.objects.create(strategy=strategy, channel=channel, lowest=2, highest=2)
    approve_answers(strategy, by=marketer)
    return channel


def button_of(client: Client) -> dict[str, str]:
    """What the button of the first suggestion sends."""
    page = client.get(MONTH).content.decode()
    form = page.partition(f'action="{PLAN}"')[2].partition("</form>")[0]
    return dict(re.findall(r'name="(\w+)"\s+value="([^"]*)"', form))


def test_suggestion_is_planned_with_its_category_channel_and_day(
    channel: Channel, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    sent = button_of(client)

    response = client.post(PLAN, sent)

    post = Post.objects.get()
    assert response["Location"] == post.get_absolute_url()
    assert post.state == PostState.DRAFT
    assert post.category == sent["category"] in ContentCategory.values
    assert post.planned_on == date.fromisoformat(sent["day"])
    assert [version.channel for version in post.versions.all()] == [channel]


def test_suggestion_pressed_twice_makes_one_post_and_a_new_page_another(
    channel: Channel, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    sent = button_of(client)

    client.post(PLAN, sent)
    client.post(PLAN, sent)
    assert Post.objects.count() == 1

    client.post(PLAN, button_of(client))
    assert Post.objects.count() == 2


def test_suggestion_for_a_channel_that_was_removed_makes_nothing_and_says_so(
    channel: Channel, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    sent = button_of(client)
    remove_channel(channel, by=marketer.user)

    page = client.post(PLAN, sent, follow=True)

    assert page.redirect_chain == [(MONTH, 302)]
    assert "This suggestion is out of date." in page.content.decode()
    assert not Post.objects.exists()


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "/w/fjordlys/people/"])
def test_refused_suggestion_leads_nowhere_but_to_the_calendar(
    elsewhere: str, channel: Channel, marketer: Membership, client_as: ClientAs
) -> None:
    response = client_as(marketer).post(PLAN, {"next": elsewhere})

    assert response["Location"] == "/w/fjordlys/calendar/"
