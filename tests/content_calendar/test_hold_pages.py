"""The pages of a stop: from every page in two presses, the banner, the list, lifting, the trail."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from content_calendar.enums import HoldAnswer, PostState
from content_calendar.models import HeldPost, Post
from content_calendar.services.holds import answer_for, lift_hold, stop_posts, tick_off
from networks.models import Channel
from policies.models import Hold
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import DAY, make_channel, make_post
from tests.content_calendar.test_holds import put
from tests.queries import queries_of
from today.todo_list import todo_list_for
from workspaces.models import Membership

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 11, 23, 22, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 7, tzinfo=UTC)
CHANNELS = "/w/fjordlys/channels/"
STOP = "/w/fjordlys/calendar/stops/stop-posts/"


@pytest.fixture(autouse=True)
def _night() -> Iterator[None]:
    with time_machine.travel(NIGHT, tick=False):
        yield


@pytest.fixture
def channel(marketer: Membership) -> Channel:
    return make_channel(marketer)


@pytest.fixture
def hold(marketer: Membership) -> Hold:
    return stop_posts(marketer.workspace, reason="A fire in town", by=marketer.user)[0]


def url(hold: Hold, name: str = "hold", *more: Any) -> str:
    return reverse(f"calendar:{name}", args=["fjordlys", hold.uid, *more])


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def todos(member: Membership) -> list[str]:
    found = todo_list_for(member, today=member.workspace.today())
    return [todo.title for group in found.groups for todo in group.todos]


# --- two presses ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "may"),
    [("reader", False), ("contributor", False), ("marketer", True), ("manager", True)],
)
def test_way_to_stop_stands_on_every_page_of_those_who_may(
    role: str, may: bool, request: pytest.FixtureRequest, client_as: ClientAs
) -> None:
    client = client_as(request.getfixturevalue(role))

    assert (STOP in text_of(client.get(CHANNELS))) is may
    assert client.get(STOP).status_code == (200 if may else 403)


def test_posts_are_stopped_without_typing_anything(
    marketer: Membership, client_as: ClientAs
) -> None:
    response = client_as(marketer).post(STOP, {}, follow=True)

    hold = Hold.objects.get()
    assert (hold.is_for_all, hold.reason, hold.started_by) == (True, "", marketer.user)
    assert response.redirect_chain == [(url(hold), 302)]
    assert "Posts are stopped." in text_of(response)
    assert "Publish nothing until a manager lifts the stop." in text_of(response)
    assert STOP not in text_of(response)


def test_only_some_channels_are_stopped_with_a_reason(
    marketer: Membership, channel: Channel, client_as: ClientAs
) -> None:
    make_channel(marketer, "facebook")

    client_as(marketer).post(STOP, {"reason": "Wrong name", "channels": str(channel.uid)})

    hold = Hold.objects.get()
    assert not hold.is_for_all
    assert list(hold.channels.all()) == [channel]
    banner = text_of(client_as(marketer).get(CHANNELS))
    assert "Posts on <bdi>Instagram</bdi> are stopped." in banner
    assert "Publish nothing there until" in banner
    assert STOP in banner


def test_too_long_reason_comes_back(marketer: Membership, client_as: ClientAs) -> None:
    response = client_as(marketer).post(STOP, {"reason": "x" * 301})

    assert response.status_code == 422
    assert "x" * 301 in text_of(response)
    assert not Hold.objects.exists()


def test_second_person_is_told_who_was_first(
    hold: Hold, manager: Membership, client_as: ClientAs
) -> None:
    response = client_as(manager).post(STOP, {"reason": "Smoke"}, follow=True)

    assert "Mari Marketer" in text_of(response)
    assert "had stopped them already" in text_of(response)
    assert Hold.objects.count() == 1


# --- the banner ----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["reader", "contributor", "marketer", "manager", "admin"])
def test_banner_stands_on_pages_for_everybody_until_the_stop_is_lifted(
    role: str,
    hold: Hold,
    manager: Membership,
    request: pytest.FixtureRequest,
    client_as: ClientAs,
) -> None:
    client = client_as(request.getfixturevalue(role))

    for page in (CHANNELS, "/w/fjordlys/", "/w/fjordlys/calendar/list/"):
        text = text_of(client.get(page))
        assert "All posts are stopped." in text
        assert "Mari Marketer" in text
        assert "A fire in town" in text
        assert "Mon 23 Nov, 23:00 (Oslo)" in text

    lift_hold(hold, expected=1, by=manager.user)
    assert "hold-banner" not in text_of(client.get(CHANNELS))


def test_banner_costs_one_query_whether_a_stop_is_on_or_not(
    marketer: Membership, channel: Channel, client_as: ClientAs
) -> None:
    client = client_as(marketer)

    def asked(page: str) -> int:
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        about = [one["sql"] for one in queries if "policies_hold" in one["sql"]]
        # What waits for the person is counted in the one query that counts all kinds of it.
        return len([sql for sql in about if "todo_kind" not in sql])

    pages = (CHANNELS, "/w/fjordlys/calendar/agenda/")
    assert [asked(page) for page in pages] == [1, 1]
    stop_posts(marketer.workspace, channels=[channel], by=marketer.user)
    assert [asked(page) for page in pages] == [1, 1]


def test_stop_of_another_workspace_shows_nothing_here(
    hold: Hold, stranger: Membership, client_as: ClientAs
) -> None:
    client = client_as(stranger)

    assert "hold-banner" not in text_of(client.get("/w/next-door/channels/"))
    assert client.get(reverse("calendar:hold", args=["next-door", hold.uid])).status_code == 404


# --- held posts on the pages of the calendar -----------------------------------------------------


@pytest.mark.parametrize("view", ["agenda", "board", "list"])
def test_cards_of_held_posts_say_so(
    view: str, marketer: Membership, channel: Channel, client_as: ClientAs
) -> None:
    put(make_post(marketer, channel), PostState.SCHEDULED)
    stop_posts(marketer.workspace, channels=[channel], by=marketer.user)

    page = reverse(f"calendar:{view}", args=["fjordlys"])

    assert 'aria-label="On hold"' in text_of(client_as(marketer).get(page))


def test_filter_finds_posts_on_hold(
    marketer: Membership, channel: Channel, client_as: ClientAs
) -> None:
    put(make_post(marketer, channel, text="Held words"), PostState.SCHEDULED)
    make_post(marketer, channel, text="Free draft")
    stop_posts(marketer.workspace, by=marketer.user)

    text = text_of(client_as(marketer).get("/w/fjordlys/calendar/list/?state=on_hold"))

    assert "Held words" in text
    assert "Free draft" not in text


def test_page_of_a_held_post_offers_nothing_that_lets_it_go_out(
    marketer: Membership, channel: Channel, client_as: ClientAs
) -> None:
    post = put(make_post(marketer, channel), PostState.APPROVED)
    stop_posts(marketer.workspace, by=marketer.user)
    client = client_as(marketer)

    text = text_of(client.get(post.get_absolute_url()))

    assert "On hold" in text
    assert "See what is held" in text
    for words in ("Schedule it", "It is published", "Hand it over", "Copy the text"):
        assert words not in text
    refused = client.post(reverse("calendar:schedule", args=["fjordlys", post.uid]), follow=True)
    assert "It waits until a manager lifts the stop" in text_of(refused)


def test_only_managers_mark_crisis_information(
    marketer: Membership, manager: Membership, channel: Channel, client_as: ClientAs
) -> None:
    post = put(make_post(marketer, channel), PostState.APPROVED)
    stop_posts(marketer.workspace, by=marketer.user)
    mark = reverse("calendar:crisis_mark", args=["fjordlys", post.uid])

    assert "Mark as crisis information" not in text_of(
        client_as(marketer).get(post.get_absolute_url())
    )
    assert client_as(marketer).post(mark).status_code == 403
    offered = text_of(client_as(manager).get(post.get_absolute_url()))
    assert offered.index("Cancel this post") < offered.index("Mark as crisis information")
    text = text_of(client_as(manager).post(mark, follow=True))

    assert "it goes out even while posts are stopped" in text
    assert "Schedule it" in text_of(client_as(marketer).get(post.get_absolute_url()))


# --- what is held, ticked off, lifted ------------------------------------------------------------


def test_what_lies_in_other_tools_is_listed_and_ticked_off(
    hold: Hold, marketer: Membership, channel: Channel, client_as: ClientAs
) -> None:
    post = put(make_post(marketer, channel), PostState.HANDED_OVER)
    client = client_as(marketer)
    text = text_of(client.get(url(hold)))
    assert "1 post lies in <bdi>Buffer</bdi> and we cannot stop it" in text
    assert "Pause ads too" in text
    assert "Stop what lies in other tools" in todos(marketer)

    ticked = text_of(client.post(url(hold, "hold_tick", post.uid), follow=True))

    assert "Stopped by <bdi>Mari Marketer</bdi>, Mon 23 Nov, 23:00 (Oslo)" in ticked
    assert "Everything in <bdi>Buffer</bdi> is ticked off." in ticked
    assert "Stop what lies in other tools" not in todos(marketer)
    client.post(url(hold, "hold_untick", post.uid))
    assert HeldPost.objects.get().stopped_at is None


def test_reader_sees_what_is_held_and_ticks_nothing(
    hold: Hold, reader: Membership, marketer: Membership, channel: Channel, client_as: ClientAs
) -> None:
    post = put(make_post(marketer, channel), PostState.HANDED_OVER)
    client = client_as(reader)

    text = text_of(client.get(url(hold)))

    assert "Winter lights" in text
    assert "I stopped it there" not in text
    assert client.post(url(hold, "hold_tick", post.uid)).status_code == 403


def test_stop_is_lifted_post_by_post(
    hold: Hold, marketer: Membership, manager: Membership, channel: Channel, client_as: ClientAs
) -> None:
    held = [
        put(make_post(marketer, channel, text=text), PostState.SCHEDULED)
        for text in ("One", "Two", "Three", "Four")
    ]
    client = client_as(manager)
    assert "Lift the stop of posts, or leave it on" in todos(manager)

    with time_machine.travel(MORNING, tick=False):
        page = text_of(client.get(url(hold, "hold_lift")))
        assert "4 posts wait for an answer each." in page
        assert 'name="revision"' not in page
        for post, answer in zip(held, HoldAnswer, strict=True):
            more = {"planned_on": "2026-11-25", "planned_time": "10:00"}
            moved = more if answer == HoldAnswer.MOVED else {}
            client.post(url(hold, "hold_answer", post.uid), {"answer": answer, **moved})
        page = text_of(client.get(url(hold, "hold_lift")))
        assert "Every post has its answer." in page
        done = client.post(url(hold, "hold_lift"), {"revision": "1"}, follow=True)

    assert "The stop is lifted." in text_of(done)
    assert [Post.objects.get(pk=post.pk).state for post in held] == [
        PostState.SCHEDULED,
        PostState.SCHEDULED,
        PostState.CANCELLED,
        PostState.DRAFT,
    ]
    assert "Lift the stop of posts, or leave it on" not in todos(manager)
    trail = text_of(done)
    for words in (
        "Mari Marketer stopped posts.",
        "said what becomes of the stopped post “Three”.",
        "Magnus Manager lifted the stop of posts.",
        "Wed 25 Nov, 10:00 (Oslo)",
        "Tue 24 Nov, 08:00 (Oslo)",
    ):
        assert words in trail


def test_refused_answer_comes_back_with_what_was_typed(
    hold: Hold, marketer: Membership, manager: Membership, channel: Channel, client_as: ClientAs
) -> None:
    post = put(make_post(marketer, channel), PostState.SCHEDULED)
    typed = {"answer": "moved", "planned_on": "2026-11-01", "planned_time": "10:00"}

    response = client_as(manager).post(url(hold, "hold_answer", post.uid), typed)

    assert response.status_code == 409
    assert "That time has passed." in text_of(response)
    assert 'value="2026-11-01"' in text_of(response)


def test_lift_of_an_old_page_is_refused_when_somebody_pressed_again(
    hold: Hold, admin: Membership, manager: Membership, client_as: ClientAs
) -> None:
    stop_posts(hold.workspace, reason="Again", by=admin.user)

    response = client_as(manager).post(url(hold, "hold_lift"), {"revision": "1"}, follow=True)

    assert "Somebody stopped posts again meanwhile." in text_of(response)
    assert Hold.objects.on().exists()


def test_rest_goes_out_as_planned_in_one_press(
    hold: Hold, marketer: Membership, manager: Membership, channel: Channel, client_as: ClientAs
) -> None:
    posts = [put(make_post(marketer, channel), PostState.SCHEDULED) for _number in range(3)]

    shown = [str(post.uid) for post in posts[:2]]
    client_as(manager).post(url(hold, "hold_rest"), {"posts": shown})

    assert HeldPost.objects.answered().count() == 2


def test_lifted_stop_is_a_trail_and_is_listed(
    hold: Hold, marketer: Membership, manager: Membership, channel: Channel, client_as: ClientAs
) -> None:
    post = put(make_post(marketer, channel), PostState.HANDED_OVER)
    tick_off(hold, post, by=marketer.user)
    answer_for(hold, post, HoldAnswer.CANCELLED, by=manager.user)
    lift_hold(hold, expected=1, by=manager.user)
    client = client_as(marketer)

    assert "What was held" in text_of(client.get(url(hold)))
    assert client_as(manager).get(url(hold, "hold_lift")).status_code == 302
    listed = text_of(client.get("/w/fjordlys/calendar/stops/"))
    assert "A fire in town" in listed
    late = client.post(url(hold, "hold_tick", post.uid), follow=True)
    assert "lifted already" in text_of(late)


def test_pages_of_a_stop_take_as_few_queries_for_1_post_as_for_20(
    hold: Hold, marketer: Membership, manager: Membership, channel: Channel, client_as: ClientAs
) -> None:
    client = client_as(manager)

    def add(number: int) -> None:
        for state in (PostState.SCHEDULED, PostState.HANDED_OVER):
            for _number in range(number):
                put(make_post(marketer, channel), state)
        ticked = Post.objects.filter(state=PostState.HANDED_OVER).last()
        assert ticked
        tick_off(hold, ticked, by=marketer.user)
        answer_for(hold, ticked, HoldAnswer.AS_PLANNED, by=manager.user)

    add(2)
    few = [queries_of(client, url(hold)), queries_of(client, url(hold, "hold_lift"))]
    add(9)

    assert [queries_of(client, url(hold)), queries_of(client, url(hold, "hold_lift"))] == few


def test_held_post_is_not_among_what_one_publishes_today(
    marketer: Membership, channel: Channel
) -> None:
    put(make_post(marketer, channel, planned_on=DAY - timedelta(days=1)), PostState.SCHEDULED)
    assert "Publish “Winter lights open on Saturday.”" in todos(marketer)

    stop_posts(marketer.workspace, by=marketer.user)

    assert "Publish “Winter lights open on Saturday.”" not in todos(marketer)
