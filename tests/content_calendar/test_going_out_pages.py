"""The pages on which posts are published by hand, handed over, and asked about afterwards."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponseBase
from django.urls import reverse

from content_calendar.enums import PostState
from content_calendar.models import OutcomeAnswer, Post, PostVersion
from content_calendar.services.approval import schedule_post
from content_calendar.services.going_out import hand_over, mark_published
from networks.models import Channel
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import make_channel, make_post
from tests.queries import queries_of
from workspaces.models import Membership, Workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_after")]

AFTER = datetime(2026, 11, 24, 12, tzinfo=UTC)
ADDRESS = "https://instagram.example/p/1"


@pytest.fixture
def _after() -> Any:
    with time_machine.travel(AFTER):
        yield


@pytest.fixture
def channels(marketer: Membership) -> list[Channel]:
    return [make_channel(marketer), make_channel(marketer, "facebook")]


@pytest.fixture
def post(marketer: Membership, channels: list[Channel]) -> Post:
    return schedule_post(make_post(marketer, *channels), by=marketer.user)


def url(name: str, post: Post, version: PostVersion | None = None) -> str:
    parts = [post.workspace.slug, post.uid, *([version.uid] if version else [])]
    return reverse(f"calendar:{name}", args=parts)


def text_of(response: HttpResponseBase) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]


def state_of(post: Post) -> str:
    return Post.objects.get(pk=post.pk).state


def first_version(post: Post) -> PostVersion:
    found = post.versions.select_related("post__workspace", "channel").first()
    assert found is not None
    return found


# --- by hand --------------------------------------------------------------------------------------


def test_page_has_each_channels_text_to_copy_and_where_to_write_it(
    client_as: ClientAs, marketer: Membership, reader: Membership, post: Post
) -> None:
    page = text_of(client_as(marketer).get(post.get_absolute_url()))
    assert page.count('data-copy="#text-') == 2
    assert page.count("Due now") == 4  # the head, the state, and both channels
    assert page.count("It is published") == 2
    assert "Write it on Facebook" in page

    page = text_of(client_as(reader).get(post.get_absolute_url()))
    assert page.count('data-copy="#text-') == 2
    assert "It is published" not in page


def test_draft_shows_nothing_of_going_out(
    client_as: ClientAs, marketer: Membership, channels: list[Channel]
) -> None:
    page = text_of(client_as(marketer).get(make_post(marketer, *channels).get_absolute_url()))

    assert 'id="going-out"' not in page


def test_channel_is_marked_with_its_address_and_taken_back(
    client_as: ClientAs, marketer: Membership, post: Post
) -> None:
    client, version = client_as(marketer), first_version(post)

    page = client.post(url("published", post, version), {"address": ADDRESS}, follow=True)

    version.refresh_from_db()
    assert (version.published_by, version.published_address) == (marketer.user, ADDRESS)
    assert "Partly published" in text_of(page)
    assert "Cancel this post" not in text_of(page)
    assert f'href="{ADDRESS}"' in text_of(page)
    again = client.post(url("published", post, version), {"address": ADDRESS}, follow=True)
    assert "marked as published already" in text_of(again)

    client.post(url("published", post, version), {"address": f"{ADDRESS}2"})
    version.refresh_from_db()
    assert version.published_address == f"{ADDRESS}2"

    client.post(url("not_published", post, version))
    version.refresh_from_db()
    assert version.published_at is None
    again = client.post(url("not_published", post, version), follow=True)
    assert "not marked as published" in text_of(again)


def test_wrong_address_marks_nothing(client_as: ClientAs, marketer: Membership, post: Post) -> None:
    version = first_version(post)

    page = client_as(marketer).post(
        url("published", post, version), {"address": "javascript:alert(1)"}, follow=True
    )

    assert "Write a whole address" in text_of(page)
    assert first_version(post).published_at is None


@pytest.mark.parametrize("name", ["published", "not_published"])
def test_channel_needs_post_its_own_post_and_somebody_who_works_on_it(
    name: str,
    client_as: ClientAs,
    marketer: Membership,
    contributor: Membership,
    stranger: Membership,
    post: Post,
    channels: list[Channel],
) -> None:
    version = first_version(post)
    other = schedule_post(make_post(marketer, channels[0]), by=marketer.user)

    assert client_as(marketer).get(url(name, post, version)).status_code == 405
    assert client_as(marketer).post(url(name, other, version)).status_code == 404
    assert client_as(contributor).post(url(name, post, version)).status_code == 403
    assert client_as(stranger).post(url(name, post, version)).status_code == 404
    assert first_version(post).published_at is None


def test_page_of_a_post_asks_as_much_with_one_channel_as_with_five(
    client_as: ClientAs, marketer: Membership, channels: list[Channel]
) -> None:
    more = [make_channel(marketer, network) for network in ("x", "linkedin", "threads")]
    one = schedule_post(make_post(marketer, channels[0]), by=marketer.user)
    five = schedule_post(make_post(marketer, *channels, *more), by=marketer.user)
    client = client_as(marketer)

    assert queries_of(client, five.get_absolute_url()) == queries_of(client, one.get_absolute_url())


# --- handed over ----------------------------------------------------------------------------------


def test_post_is_handed_over_and_taken_back(
    client_as: ClientAs, marketer: Membership, post: Post
) -> None:
    client = client_as(marketer)

    page = client.post(url("hand_over", post), {"tool": "Hootsuite"}, follow=True)
    assert state_of(post) == PostState.HANDED_OVER
    assert "It lies in Hootsuite since" in text_of(page)
    assert "Mari Marketer put it there" in text_of(page)

    client.post(url("take_back", post))
    assert state_of(post) == PostState.SCHEDULED
    again = client.post(url("take_back", post), follow=True)
    assert "This post is scheduled already." in text_of(again)


@pytest.mark.parametrize(
    ("typed", "tool"),
    [
        ({"tool": "other", "other_tool": "Planable"}, "Planable"),
        ({"tool": "other"}, ""),
        ({"tool": "Unheard of"}, ""),
        ({}, ""),
    ],
)
def test_tool_is_chosen_or_written(
    typed: dict[str, str], tool: str, client_as: ClientAs, marketer: Membership, post: Post
) -> None:
    client_as(marketer).post(url("hand_over", post), typed)

    assert Post.objects.get(pk=post.pk).handed_over_to == tool


@pytest.mark.parametrize("name", ["hand_over", "take_back"])
def test_handing_over_needs_somebody_who_works_on_the_post(
    name: str, client_as: ClientAs, contributor: Membership, stranger: Membership, post: Post
) -> None:
    for person, status in ((contributor, 403), (stranger, 404)):
        response = client_as(person).post(url(name, post), {"tool": "Hootsuite"})
        assert response.status_code == status
    assert state_of(post) == PostState.SCHEDULED


def test_many_are_handed_over_and_those_left_out_are_named(
    client_as: ClientAs, workspace: Workspace, marketer: Membership, post: Post
) -> None:
    draft = make_post(marketer, title="Unfinished")
    address = reverse("calendar:hand_over_many", args=[workspace.slug])
    client, chosen = client_as(marketer), [str(post.uid), str(draft.uid)]
    page = text_of(client.get(address, {"posts": chosen}))
    assert "Unfinished" in page
    assert page.count("checked") == 2

    assert client.post(address, {"posts": chosen}).status_code == 422
    page = text_of(client.post(address, {"posts": chosen, "tool": "Buffer"}, follow=True))

    assert "1 post lies in Buffer now." in page
    assert "Unfinished was left out. Choose at least one channel first." in page
    assert (state_of(post), state_of(draft)) == (PostState.HANDED_OVER, PostState.DRAFT)


# --- the question afterwards ----------------------------------------------------------------------


@pytest.fixture
def elsewhere(marketer: Membership, channels: list[Channel]) -> list[Post]:
    """Three posts that lie in Hootsuite and should be out."""
    return [
        hand_over(
            schedule_post(make_post(marketer, channels[0], title=title), by=marketer.user),
            tool="Hootsuite",
            by=marketer.user,
        )
        for title in ("First", "Second", "Third")
    ]


def test_all_went_out_in_one_press_and_back_in_another(
    client_as: ClientAs, workspace: Workspace, marketer: Membership, elsewhere: list[Post]
) -> None:
    client, address = client_as(marketer), reverse("calendar:should_be_out", args=["fjordlys"])
    assert "3 posts should be out" in text_of(client.get(address))

    asked = {"asked": [str(post.uid) for post in elsewhere]}
    page = text_of(client.post(address, asked, follow=True))

    assert "3 posts are marked as published." in page
    assert {state_of(post) for post in elsewhere} == {PostState.PUBLISHED}
    again = text_of(client.post(address, asked, follow=True))
    assert "dealt with already" in again

    answer = OutcomeAnswer.objects.order_by("pk").first()
    assert answer is not None
    undo = reverse("calendar:should_be_out_undo", args=["fjordlys", answer.uid])
    assert undo in page
    assert client.get(undo).status_code == 405
    assert "3 posts are as they were." in text_of(client.post(undo, follow=True))
    assert {state_of(post) for post in elsewhere} == {PostState.HANDED_OVER}
    assert "undone already" in text_of(client.post(undo, follow=True))


def test_those_that_did_not_go_out_are_chosen(
    client_as: ClientAs, marketer: Membership, elsewhere: list[Post]
) -> None:
    address = reverse("calendar:should_be_out", args=["fjordlys"])
    asked = [str(post.uid) for post in elsewhere]

    page = client_as(marketer).post(address, {"asked": asked, "not_out": asked[1:2]}, follow=True)

    assert "2 posts are marked as published. 1 did not go out" in text_of(page)
    assert [state_of(post) for post in elsewhere] == [
        PostState.PUBLISHED,
        PostState.SCHEDULED,
        PostState.PUBLISHED,
    ]


def test_question_and_undo_are_for_marketers_of_the_workspace(
    client_as: ClientAs,
    workspace: Workspace,
    contributor: Membership,
    stranger: Membership,
    marketer: Membership,
) -> None:
    answer = OutcomeAnswer.objects.create(workspace=workspace, by=marketer.user)
    addresses = [
        reverse("calendar:should_be_out", args=["fjordlys"]),
        reverse("calendar:should_be_out_undo", args=["fjordlys", answer.uid]),
        reverse("calendar:hand_over_many", args=["fjordlys"]),
    ]

    for address in addresses:
        assert client_as(contributor).post(address).status_code == 403
        assert client_as(stranger).post(address).status_code == 404


def test_answer_of_another_workspace_is_not_found(
    client_as: ClientAs, other_workspace: Workspace, stranger: Membership, marketer: Membership
) -> None:
    theirs = OutcomeAnswer.objects.create(workspace=other_workspace, by=stranger.user)

    undo = reverse("calendar:should_be_out_undo", args=["fjordlys", theirs.uid])

    assert client_as(marketer).post(undo).status_code == 404


def test_question_asks_as_much_for_one_post_as_for_thirty(
    client_as: ClientAs, marketer: Membership, elsewhere: list[Post], channels: list[Channel]
) -> None:
    client, address = client_as(marketer), reverse("calendar:should_be_out", args=["fjordlys"])
    few = queries_of(client, address)
    for _number in range(10):
        post = schedule_post(make_post(marketer, channels[0]), by=marketer.user)
        hand_over(post, tool="Buffer", by=marketer.user)

    assert queries_of(client, address) == few


def test_handed_over_post_that_was_published_here_is_no_longer_asked_about(
    client_as: ClientAs, marketer: Membership, elsewhere: list[Post]
) -> None:
    mark_published(first_version(elsewhere[0]), by=marketer.user)

    page = client_as(marketer).get(reverse("calendar:should_be_out", args=["fjordlys"]))

    assert "2 posts should be out" in text_of(page)


def test_page_that_hands_over_names_days_in_words_and_says_when_there_is_nothing(
    client_as: ClientAs, marketer: Membership, channels: list[Channel]
) -> None:
    address, client = reverse("calendar:hand_over_many", args=["fjordlys"]), client_as(marketer)
    empty = text_of(client.get(address))
    assert "Schedule posts first." in empty
    assert "Hand them over" not in empty

    post = make_post(marketer, *channels, planned_on=AFTER.date() + timedelta(days=2))
    schedule_post(post, by=marketer.user)

    page = text_of(client.get(address))
    assert "Thu\xa026\xa0Nov, 09:00 · " in client.get(address).content.decode()
    assert "Hand them over" in page
