"""Moving posts by form and by undo, adding them in one line, and treating several at once."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.test import Client

from content_calendar.enums import PostState
from content_calendar.models import Post
from content_calendar.services.approval import schedule_post
from content_calendar.services.posts import save_post
from content_calendar.views import bulk
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import DAY, make_channel, make_post
from workspaces.models import Membership

HOME = "/w/fjordlys/calendar/"
MONTH = f"{HOME}month/2026-11/"
LIST = f"{HOME}list/"
THURSDAY = date(2026, 11, 26)


def move(client: Client, post: Post, **said: Any) -> Any:
    data = {"planned_on": "2026-11-26", "revision": post.revision, "next": MONTH, **said}
    return client.post(f"{HOME}posts/{post.uid}/move/", data)


def undo_url(client: Client) -> str:
    return undo_in(client.get(MONTH).content.decode())


def undo_in(page: str) -> str:
    (url,) = re.findall(r'<form method="post" action="([^"]*(?:undo|move)/[^"]*)">', page)
    return str(url).replace("&amp;", "&")


def test_move_keeps_the_time_and_leads_back_to_the_post(
    marketer: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer)

    answer = move(client_as(marketer), post)

    assert (answer.status_code, answer["Location"]) == (302, f"{MONTH}#post-{post.uid}")
    post.refresh_from_db()
    assert (post.planned_on, post.planned_time) == (THURSDAY, time(9))


def test_undo_moves_the_post_back(marketer: Membership, client_as: ClientAs) -> None:
    post = make_post(marketer)
    client = client_as(marketer)
    move(client, post, planned_time="17:30")

    client.post(undo_url(client))

    post.refresh_from_db()
    assert (post.planned_on, post.planned_time) == (DAY, time(9))


def test_undo_makes_an_idea_of_what_was_one(marketer: Membership, client_as: ClientAs) -> None:
    idea = make_post(marketer, planned_on=None, planned_time=None)
    client = client_as(marketer)
    move(client, idea)

    client.post(undo_url(client))

    idea.refresh_from_db()
    assert (idea.planned_on, idea.state) == (None, PostState.IDEA)


def test_undo_never_undoes_what_somebody_changed_since(
    marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer)
    client = client_as(marketer)
    move(client, post)
    url = undo_url(client)
    save_post(post, {"planned_on": date(2026, 11, 28)}, expected=2, by=manager.user)

    answer = client.post(url)

    assert answer.status_code == 409
    assert "Somebody else changed this post meanwhile" in answer.content.decode()
    post.refresh_from_db()
    assert post.planned_on == date(2026, 11, 28)


def test_move_of_a_post_that_changed_is_asked_again_with_its_new_revision(
    marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer)
    save_post(post, {"title": "Lights"}, expected=1, by=manager.user)
    client = client_as(marketer)

    answer = move(client, post)

    assert answer.status_code == 409
    assert 'name="revision" value="2"' in answer.content.decode()
    move(client, post, revision=2)
    post.refresh_from_db()
    assert post.planned_on == THURSDAY


def test_time_that_the_clocks_skip_is_refused_and_another_offered(
    marketer: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer, planned_on=date(2027, 3, 27), planned_time=time(2, 30))
    client = client_as(marketer)

    answer = move(client, post, planned_on="2027-03-28")

    assert answer.status_code == 409
    assert "Move it to 03:30 instead" in answer.content.decode()
    post.refresh_from_db()
    assert post.planned_on == date(2027, 3, 27)
    move(client, post, planned_on="2027-03-28", planned_time="03:30")
    post.refresh_from_db()
    assert post.planned_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example/", "/w/next-door/"])
def test_move_leads_back_into_this_calendar_only(
    next_: str, marketer: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer)

    answer = move(client_as(marketer), post, next=next_)

    assert answer["Location"] == f"{HOME}#post-{post.uid}"


def test_contributor_moves_own_drafts_only(
    marketer: Membership, contributor: Membership, client_as: ClientAs
) -> None:
    own, others = make_post(contributor), make_post(marketer)
    client = client_as(contributor)

    assert move(client, own).status_code == 302
    assert move(client, others).status_code == 403
    assert client.get(f"{HOME}posts/{others.uid}/move/").status_code == 403


def test_reader_moves_and_adds_nothing(
    reader: Membership, marketer: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer)
    client = client_as(reader)

    assert move(client, post).status_code == 403
    assert client.post(f"{HOME}quick-add/", {"text": "Lamps"}).status_code == 403
    assert client.post(f"{HOME}together/", {"action": "remove"}).status_code == 403


def test_quick_add_makes_one_draft_at_the_default_time(
    marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    data = {"text": "Lamps", "planned_on": "2026-11-26", "token": "a", "next": MONTH}

    first = client.post(f"{HOME}quick-add/", data)
    client.post(f"{HOME}quick-add/", data)

    post = Post.objects.get()
    assert (post.planned_on, post.planned_time, post.owner) == (THURSDAY, time(9), marketer)
    assert post.state == PostState.DRAFT
    assert first["Location"] == f"{MONTH}#post-{post.uid}"


def test_quick_add_without_a_day_makes_an_idea_and_without_a_text_nothing(
    marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)

    client.post(f"{HOME}quick-add/", {"text": "Lamps"})
    empty = client.post(f"{HOME}quick-add/", {"text": " "})

    assert Post.objects.get().state == PostState.IDEA
    assert empty.status_code == 200


# --- several at once ----------------------------------------------------------------------------


def together(client: Client, action: str, *posts: Post, **said: Any) -> Any:
    uids = [str(post.uid) for post in posts]
    return client.post(f"{HOME}together/", {"action": action, "posts": uids, "next": MONTH, **said})


@pytest.mark.parametrize(
    ("action", "said", "name", "value"),
    [
        ("move_by", {"days": "2"}, "planned_on", THURSDAY),
        ("move_to", {"day": "2026-11-26"}, "planned_on", THURSDAY),
        ("remove", {}, "is_removed", True),
        ("tag", {"tag": "winter"}, "tag_names", ["winter"]),
        ("category", {"category": "engagement"}, "category", "engagement"),
        ("assign", {}, "owner_id", "marketer"),
    ],
)
def test_several_posts_are_treated_and_put_back_in_one_press(
    action: str,
    said: dict[str, str],
    name: str,
    value: Any,
    marketer: Membership,
    client_as: ClientAs,
) -> None:
    posts = [make_post(marketer), make_post(marketer)]
    client = client_as(marketer)
    if action == "assign":
        said, value = {"owner": str(marketer.uid)}, marketer.pk
    before = [what(post, name) for post in posts]

    together(client, action, *posts, **said)

    assert [what(post, name) for post in posts] == [value, value]
    client.post(undo_url(client))
    assert [what(post, name) for post in posts] == before


def what(post: Post, name: str) -> Any:
    post = Post.objects.get(pk=post.pk)
    if name == "is_removed":
        return post.removed_at is not None
    if name == "tag_names":
        return [tag.name for tag in post.tags.all()]
    return getattr(post, name)


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("move_by", {"days": "2"}),
        ("category", {"category": "engagement"}),
        ("tag", {"tag": "winter"}),
        ("assign", {}),
    ],
)
def test_change_of_several_posts_does_not_say_that_somebody_read_them(
    action: str, said: dict[str, str], marketer: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer)
    read_at = what(post, "updated_at")
    client = client_as(marketer)

    together(client, action, post, **{"owner": str(marketer.uid), **said})
    assert (what(post, "revision"), what(post, "updated_at")) == (2, read_at)

    client.post(undo_url(client))
    assert (what(post, "revision"), what(post, "updated_at")) == (3, read_at)


def test_post_that_refuses_does_not_stop_the_others(
    marketer: Membership, client_as: ClientAs
) -> None:
    idea = make_post(marketer, planned_on=None, planned_time=None)
    out = make_post(marketer)
    Post.objects.filter(pk=out.pk).update(state=PostState.PUBLISHED)
    post = make_post(marketer)
    client = client_as(marketer)

    together(client, "move_by", idea, out, post, days="2")
    page = client.get(MONTH).content.decode()

    assert what(post, "planned_on") == THURSDAY
    assert what(out, "planned_on") == DAY
    assert "1 post was changed." in page
    assert "An idea has no day to move from." in page
    assert "It cannot be changed by you now." in page


def test_undo_of_several_leaves_what_somebody_changed_since(
    marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    first, second = make_post(marketer), make_post(marketer)
    client = client_as(marketer)
    together(client, "move_by", first, second, days="2")
    save_post(second, {"title": "Lights"}, expected=2, by=manager.user)

    client.post(undo_url(client))

    assert (what(first, "planned_on"), what(second, "planned_on")) == (DAY, THURSDAY)


def test_undo_of_several_works_once(marketer: Membership, client_as: ClientAs) -> None:
    post = make_post(marketer)
    client = client_as(marketer)
    together(client, "move_by", post, days="2")
    url = undo_url(client)
    client.post(url)
    together(client, "move_by", post, days="2")

    client.post(url)

    assert what(post, "planned_on") == THURSDAY


def test_posts_of_another_workspace_are_not_treated(
    marketer: Membership, stranger: Membership, client_as: ClientAs
) -> None:
    own, theirs = make_post(marketer), make_post(stranger)

    together(client_as(marketer), "move_by", own, theirs, days="2")

    assert (what(own, "planned_on"), what(theirs, "planned_on")) == (DAY, DAY)


@pytest.mark.parametrize(
    ("action", "field"),
    [
        ("move_by", "Move by days"),
        ("move_to", "Move to the day"),
        ("assign", "Owner"),
        ("category", "Category"),
        ("tag", "Tag"),
    ],
)
def test_action_asks_for_what_it_needs(
    action: str, field: str, marketer: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer)
    client = client_as(marketer)

    together(client, action, post)

    assert f"{field}: Fill this in." in client.get(MONTH).content.decode()
    assert what(post, "revision") == 1


def test_several_posts_are_submitted_and_withdrawn_in_one_press(
    marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    draft, idea = make_post(marketer), make_post(marketer, planned_on=None, planned_time=None)
    client = client_as(marketer)

    together(client, "submit", draft, idea)
    page = client.get(MONTH).content.decode()

    assert (what(draft, "state"), what(idea, "state")) == (PostState.IN_REVIEW, PostState.IDEA)
    assert "1 post was changed." in page
    assert "This post is still an idea. Give it a day and a time first." in page
    client.post(undo_in(page))
    assert what(draft, "state") == PostState.DRAFT
    assert what(draft, "submitted_by") is None


def test_submitted_post_that_was_changed_since_is_not_withdrawn(
    marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer)
    client = client_as(marketer)
    together(client, "submit", post)
    save_post(post, {"title": "Lights"}, expected=2, by=manager.user)

    client.post(undo_url(client))

    assert what(post, "state") == PostState.IN_REVIEW


def test_several_posts_are_handed_over_on_a_page_of_its_own_and_taken_back(
    marketer: Membership, client_as: ClientAs
) -> None:
    channel = make_channel(marketer)
    posts = [schedule_post(make_post(marketer, channel), by=marketer.user) for _number in "12"]
    client = client_as(marketer)

    page = together(client, "hand_over", *posts)["Location"]
    assert client.get(page).content.decode().count("checked") == 2
    client.post(page, {"posts": [str(post.uid) for post in posts], "tool": "Buffer"})

    assert [what(post, "handed_over_to") for post in posts] == ["Buffer", "Buffer"]
    client.post(undo_url(client))
    assert [what(post, "state") for post in posts] == [PostState.SCHEDULED, PostState.SCHEDULED]


def test_more_posts_than_an_address_holds_are_not_handed_over(
    marketer: Membership, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "IN_AN_ADDRESS", 1)
    client = client_as(marketer)

    answer = together(client, "hand_over", make_post(marketer), make_post(marketer))

    assert answer["Location"] == MONTH
    assert "Choose 1 posts or fewer." in client.get(MONTH).content.decode()


def test_contributor_hands_nothing_over(contributor: Membership, client_as: ClientAs) -> None:
    answer = together(client_as(contributor), "hand_over", make_post(contributor))

    assert answer.status_code == 403


def test_what_was_ticked_and_typed_stays_when_it_is_refused(
    marketer: Membership, client_as: ClientAs
) -> None:
    posts = [make_post(marketer, make_channel(marketer)), make_post(marketer)]
    client = client_as(marketer)

    together(client, "move_by", posts[0], days="many", next=LIST)

    page = client.get(LIST).content.decode()
    assert re.findall(r'name="posts" value="([^"]+)" checked', page) == [str(posts[0].uid)]
    assert 'value="many"' in page
    assert "checked" not in client.get(LIST).content.decode()


def test_what_was_ticked_on_one_page_is_not_ticked_on_another(
    marketer: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer, make_channel(marketer))
    client = client_as(marketer)

    together(client, "move_by", post, days="many", next=LIST)

    assert "checked" not in client.get(f"{LIST}?state=draft").content.decode()


def test_enter_in_a_field_does_nothing_but_ask(marketer: Membership, client_as: ClientAs) -> None:
    post = make_post(marketer)
    client = client_as(marketer)

    sent = {"posts": [str(post.uid)], "days": "7", "next": LIST}
    page = client.post(f"{HOME}together/", sent, follow=True).content.decode()

    assert "Press the button of what to do." in page
    assert what(post, "planned_on") == post.planned_on
    first = page.index('type="submit"', page.index('id="bulk"'))
    assert "Choose what to do" in page[first : first + 120]
