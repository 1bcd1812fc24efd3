"""The page of a post: what it shows, what it fills in, and what it answers while somebody types."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.urls import reverse

from activity.models import Record
from content_calendar.enums import PostState
from content_calendar.models import Post
from content_calendar.services.approval import schedule_post
from content_calendar.services.media import add_link
from content_calendar.services.posts import remove_post, save_post
from networks.enums import ChannelState, PostFormat
from networks.models import Channel
from networks.services import remove_channel
from strategies.models import Audience, KeyMessage, Objective, Pillar
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import DAY, make_channel, make_post
from tests.content_calendar.forms_of import sent_from
from tests.strategies.approved import approve_answers, make_strategy
from workspaces.models import Membership, Workspace

ADD = "/w/fjordlys/calendar/posts/add/"


def url_of(post: Post, name: str) -> str:
    return reverse(f"calendar:{name}", args=[post.workspace.slug, post.uid])


def fold_of(response: Any, code: str) -> Any:
    form = response.context["form"]
    return next(
        fold for fold in (*form.version_folds, form.connect, form.more) if fold.code == code
    )


# --- what it shows ----------------------------------------------------------------------------------


@time_machine.travel("2026-11-20T08:00:00Z", tick=False)
def test_page_shows_state_moment_and_owner(marketer: Membership, client_as: ClientAs) -> None:
    post = make_post(marketer, make_channel(marketer), owner=marketer)

    page = client_as(marketer).get(post.get_absolute_url()).content.decode()

    assert "Draft" in page
    assert "Tue\xa024\xa0Nov, 09:00 (Oslo)" in page
    assert "Mari Marketer" in page
    assert "Day and time (Oslo)" in page


def test_reader_reads_and_gets_no_form(
    marketer: Membership, reader: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer, make_channel(marketer))

    response = client_as(reader).get(post.get_absolute_url())

    assert "Winter lights open on Saturday." in response.content.decode()
    assert response.context["form"] is None
    assert 'id="post-form"' not in response.content.decode()


def test_fold_is_open_when_it_holds_something_or_an_error(
    marketer: Membership, client_as: ClientAs
) -> None:
    instagram, facebook = make_channel(marketer), make_channel(marketer, "facebook")
    versions = {
        instagram: {"own_text": "See the link."},
        facebook: {"format": PostFormat.SHORT_VIDEO},
    }
    post = make_post(marketer, versions=versions)
    client = client_as(marketer)

    response = client.get(post.get_absolute_url())
    assert fold_of(response, f"version-{instagram.uid}").is_open
    assert not fold_of(response, f"version-{facebook.uid}").is_open
    assert not fold_of(response, "connect").is_open
    assert not fold_of(response, "more").is_open

    sent = sent_from(response, licence_until="soon", **{f"{facebook.uid}-own_time": "24:99"})
    response = client.post(post.get_absolute_url(), sent)
    assert fold_of(response, f"version-{facebook.uid}").is_open
    assert fold_of(response, "more").is_open


@pytest.mark.parametrize("state", PostState)
def test_page_has_one_filled_button(
    state: PostState, marketer: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer, make_channel(marketer), planned_on=date(2099, 11, 24))
    day: dict[str, Any] = {}
    if state == PostState.IDEA:
        day = {"planned_on": None, "planned_time": None, "planned_at": None}
    Post.objects.filter(pk=post.pk).update(state=state, **day)

    response = client_as(marketer).get(post.get_absolute_url())

    filled = response.content.decode().count("btn-primary")
    has_one = response.context["form"] or response.context["standing"].primary
    assert filled == (1 if has_one else 0)


# --- channels and their versions --------------------------------------------------------------------


def test_channel_ticked_without_script_is_saved_and_gets_its_fields(
    marketer: Membership, client_as: ClientAs
) -> None:
    instagram, facebook = make_channel(marketer), make_channel(marketer, "facebook")
    post = make_post(marketer, instagram)
    client = client_as(marketer)
    page = client.get(post.get_absolute_url())

    sent = sent_from(page, channels=[str(instagram.uid), str(facebook.uid)])
    response = client.post(post.get_absolute_url(), sent, follow=True)

    assert [fold.channel for fold in response.context["form"].version_folds] == [
        instagram,
        facebook,
    ]
    assert post.versions.get(channel=facebook).format == "text"


def test_formats_are_those_of_the_network_and_the_one_that_was_chosen_before(
    marketer: Membership, client_as: ClientAs
) -> None:
    instagram = make_channel(marketer)
    name = f"{instagram.uid}-format"
    new = make_post(marketer, instagram)
    old = make_post(marketer, versions={instagram: {"format": PostFormat.TEXT}})
    client = client_as(marketer)

    form = client.get(new.get_absolute_url()).context["form"]
    form_of_old = client.get(old.get_absolute_url()).context["form"]

    offered = [value for value, _label in form.fields[name].choices]
    assert offered == ["image", "carousel", "short_video", "story", "live"]
    assert form[name].value() == PostFormat.IMAGE
    assert [value for value, _label in form_of_old.fields[name].choices] == [*offered, "text"]
    assert form_of_old[name].value() == PostFormat.TEXT


def test_fields_that_a_script_added_are_saved(marketer: Membership, client_as: ClientAs) -> None:
    instagram, facebook = make_channel(marketer), make_channel(marketer, "facebook")
    post = make_post(marketer, instagram)
    client = client_as(marketer)
    sent = sent_from(
        client.get(post.get_absolute_url()), channels=[str(instagram.uid), str(facebook.uid)]
    )

    fields = client.post(url_of(post, "fields"), sent)
    assert [fold.channel for fold in fields.context["folds"]] == [facebook]

    own = {f"{facebook.uid}-own_text": "On Facebook", f"{facebook.uid}-format": "image"}
    response = client.post(post.get_absolute_url(), {**sent, **own})
    assert response.status_code == 302
    assert post.versions.get(channel=facebook).own_text == "On Facebook"
    assert client.post(url_of(post, "fields"), {**sent, **own}).context["folds"] == []


def test_new_post_gets_fields_of_ticked_channels(marketer: Membership, client_as: ClientAs) -> None:
    instagram = make_channel(marketer)
    make_channel(marketer, "facebook")

    response = client_as(marketer).post(
        "/w/fjordlys/calendar/posts/fields/", {"channels": [str(instagram.uid)]}
    )

    assert [fold.channel for fold in response.context["folds"]] == [instagram]
    assert not Post.objects.exists()


# --- the strategy -------------------------------------------------------------------------------------


@pytest.fixture
def answers(workspace: Workspace, marketer: Membership) -> dict[str, str]:
    """A strategy in force on the posts' day; what its answers are called by."""
    strategy = make_strategy(workspace)
    families = Audience.objects.create(strategy=strategy, name="Families", position=1)
    students = Audience.objects.create(strategy=strategy, name="Students", position=2)
    message = KeyMessage.objects.create(strategy=strategy, text="Open for everyone", position=1)
    message.audiences.add(families)
    other = Objective.objects.create(strategy=strategy, statement="More visits", position=1)
    other.audiences.add(students)
    known = Objective.objects.create(strategy=strategy, statement="Be known", position=2)
    known.audiences.add(families)
    theme = Pillar.objects.create(
        strategy=strategy, name="Behind the scenes", category="informative", position=1
    )
    approve_answers(strategy, by=marketer)
    named = {
        "families": families,
        "students": students,
        "message": message,
        "other": other,
        "known": known,
        "theme": theme,
    }
    return {name: str(answer.uid) for name, answer in named.items()}


def add_and_find(client_as: ClientAs, member: Membership, **sent: Any) -> Post:
    response = client_as(member).post(
        ADD, {"text": "Lamps", "origin": "us", "planned_on": str(DAY), **sent}
    )
    assert response.status_code == 302
    return Post.objects.latest("pk")


def test_key_message_fills_audience_and_objective_and_theme_the_category(
    answers: dict[str, str], marketer: Membership, client_as: ClientAs
) -> None:
    post = add_and_find(
        client_as, marketer, message_uid=answers["message"], theme_uid=answers["theme"]
    )

    assert post.audience_uids == (answers["families"],)
    assert str(post.objective_uid) == answers["known"]
    assert post.category == "informative"


def test_what_is_said_otherwise_stays(
    answers: dict[str, str], marketer: Membership, client_as: ClientAs
) -> None:
    post = add_and_find(
        client_as,
        marketer,
        message_uid=answers["message"],
        audience_uids=[answers["students"]],
        objective_uid=answers["other"],
        theme_uid=answers["theme"],
        category="promotional",
    )

    assert post.audience_uids == (answers["students"],)
    assert str(post.objective_uid) == answers["other"]
    assert post.category == "promotional"


def test_what_was_filled_can_be_taken_away(
    answers: dict[str, str], marketer: Membership, client_as: ClientAs
) -> None:
    post = add_and_find(client_as, marketer, message_uid=answers["message"])
    client = client_as(marketer)

    sent = sent_from(client.get(post.get_absolute_url()), audience_uids=None, objective_uid=None)
    client.post(post.get_absolute_url(), sent)

    post.refresh_from_db()
    assert (post.audience_uids, post.objective_uid) == ((), None)
    assert str(post.message_uid) == answers["message"]


def test_page_says_to_the_script_what_is_filled(
    answers: dict[str, str], marketer: Membership, client_as: ClientAs
) -> None:
    form = client_as(marketer).get(f"{ADD}?day={DAY}").context["form"]

    fills = form.fields["message_uid"].widget.attrs["data-fills"]
    assert answers["families"] in fills
    assert answers["known"] in fills
    assert "informative" in form.fields["theme_uid"].widget.attrs["data-fills"]


def test_log_says_the_words_of_the_strategy(answers: dict[str, str], marketer: Membership) -> None:
    post = make_post(marketer, audience_uids=("1b4e28ba-2fa1-11d2-883f-0016d3cca427",))

    save_post(
        post,
        {"message_uid": answers["message"], "audience_uids": (answers["families"],)},
        expected=1,
        by=marketer.user,
    )

    record = Record.objects.filter(verb="content_calendar.post_saved").get()
    assert record.changes == {
        "message_uid": [[], ["Open for everyone"]],
        "audience_uids": [["of another strategy"], ["Families"]],
    }


# --- while somebody types -------------------------------------------------------------------------------


@pytest.fixture
def counted(marketer: Membership) -> tuple[Channel, Channel]:
    return make_channel(marketer, "x"), make_channel(marketer, "bluesky")


def test_the_same_text_is_too_long_on_one_network_and_not_on_another(
    counted: tuple[Channel, Channel], marketer: Membership, client_as: ClientAs
) -> None:
    typed = {"text": "a" * 290, "channels": [str(channel.uid) for channel in counted]}

    response = client_as(marketer).post("/w/fjordlys/calendar/posts/check/", typed)

    assert [check.count.words for check in response.context["checks"]] == [
        "10 too many",
        "10 left",
    ]
    assert "10 too many for X. Shorten the text to 280." in response.content.decode()
    assert 'hx-swap-oob="true"' in response.content.decode()
    assert "<html" not in response.content.decode()
    assert not Post.objects.exists()


def test_version_is_checked_with_its_own_text_and_nothing_is_written(
    counted: tuple[Channel, Channel], marketer: Membership, client_as: ClientAs
) -> None:
    x, bluesky = counted
    post = make_post(marketer, x, bluesky)
    client = client_as(marketer)
    sent = sent_from(
        client.get(post.get_absolute_url()),
        text="a" * 301,
        planned_on="never",
        **{f"{x.uid}-own_text": "Short"},
    )

    response = client.post(url_of(post, "check"), sent)

    first, second = response.context["checks"]
    assert (first.count.words, first.preview.visible) == ("275 left", "Short")
    assert second.count.words == "1 too many"
    post.refresh_from_db()
    assert (post.text, post.revision) == ("Winter lights open on Saturday.", 1)
    assert Record.objects.filter(verb="content_calendar.post_saved").count() == 0


def test_what_several_channels_say_in_the_same_words_is_said_once(
    marketer: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer, make_channel(marketer), make_channel(marketer, "facebook"))
    post.media.create(kind="image", file="x.jpg", created_by=marketer.user)

    response = client_as(marketer).get(post.get_absolute_url())

    assert response.content.decode().count("has no alt text") == 1


@pytest.mark.parametrize("name", ["check", "fields"])
def test_who_may_ask_while_typing(
    marketer: Membership,
    reader: Membership,
    stranger: Membership,
    client_as: ClientAs,
    name: str,
) -> None:
    post = make_post(marketer)

    for url in (url_of(post, name), f"/w/fjordlys/calendar/posts/{name}/"):
        assert client_as(marketer).post(url).status_code == 200
        assert client_as(marketer).get(url).status_code == 405
        assert client_as(reader).post(url).status_code == 403
        assert client_as(stranger).post(url).status_code == 404


# --- two people -----------------------------------------------------------------------------------------


def both_pages(client_as: ClientAs, *members: Membership, post: Post) -> list[Any]:
    return [client_as(member).get(post.get_absolute_url()) for member in members]


def test_two_people_change_different_fields_and_both_are_kept(
    marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    instagram, facebook = make_channel(marketer), make_channel(marketer, "facebook")
    post = make_post(marketer, instagram, facebook)
    mine, theirs = both_pages(client_as, marketer, manager, post=post)

    first = sent_from(theirs, title="Lights", **{f"{facebook.uid}-own_text": "Theirs"})
    assert client_as(manager).post(post.get_absolute_url(), first).status_code == 302
    second = sent_from(mine, notes="Ask Kari", **{f"{instagram.uid}-own_text": "Mine"})
    assert client_as(marketer).post(post.get_absolute_url(), second).status_code == 302

    post.refresh_from_db()
    assert (post.title, post.notes) == ("Lights", "Ask Kari")
    assert {str(one.channel.network): one.own_text for one in post.versions.all()} == {
        "instagram": "Mine",
        "facebook": "Theirs",
    }


def test_two_people_change_the_same_text_and_one_is_asked(
    marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer)
    mine, theirs = both_pages(client_as, marketer, manager, post=post)
    client_as(manager).post(post.get_absolute_url(), sent_from(theirs, text="Theirs"))

    response: HttpResponse = client_as(marketer).post(  # type: ignore[assignment]
        post.get_absolute_url(), sent_from(mine, text="Mine")
    )

    assert response.status_code == 409
    page = response.content.decode()
    assert "Mine" in page
    assert "Theirs" in page
    post.refresh_from_db()
    assert post.text == "Theirs"

    chosen = sent_from(response, text="Mine", **{"take-text": "mine", "mine-text": "Mine"})
    assert client_as(marketer).post(post.get_absolute_url(), chosen).status_code == 302
    post.refresh_from_db()
    assert post.text == "Mine"


def test_both_add_the_same_channel_and_the_second_is_asked_about_its_text(
    marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    facebook = make_channel(marketer, "facebook")
    post = make_post(marketer)
    mine, theirs = both_pages(client_as, marketer, manager, post=post)
    name = f"{facebook.uid}-own_text"
    channels = [str(facebook.uid)]
    client_as(manager).post(
        post.get_absolute_url(), sent_from(theirs, channels=channels, **{name: "Theirs"})
    )

    typed = sent_from(mine, channels=channels, **{name: "Mine", f"{facebook.uid}-format": "text"})
    response = client_as(marketer).post(post.get_absolute_url(), typed)

    assert response.status_code == 409
    assert post.versions.get().own_text == "Theirs"


def test_pressing_twice_adds_one_post(marketer: Membership, client_as: ClientAs) -> None:
    sent = {"text": "Lamps", "origin": "us", "token": "page"}

    first, again = (client_as(marketer).post(ADD, sent) for _number in range(2))

    assert first.headers["Location"] == again.headers["Location"]
    assert Post.objects.count() == 1


@pytest.mark.parametrize("engagement", ["employee", "external"])
@pytest.mark.parametrize(
    ("is_own", "state", "may"),
    [
        (True, PostState.DRAFT, True),
        (True, PostState.SCHEDULED, False),
        (False, PostState.DRAFT, False),
        (False, PostState.SCHEDULED, False),
    ],
)
def test_who_could_not_remove_a_post_does_not_bring_it_back(
    is_own: bool,
    state: PostState,
    may: bool,
    engagement: str,
    marketer: Membership,
    contributor: Membership,
    client_as: ClientAs,
) -> None:
    contributor.engagement = engagement
    contributor.save()
    post = make_post(contributor if is_own else marketer)
    Post.objects.update(state=state)
    remove_post(post, by=marketer.user)
    url = reverse("calendar:restore", args=["fjordlys", post.uid])

    answer = client_as(contributor).post(url)

    post.refresh_from_db()
    assert (post.removed_at is None) == may
    assert answer.status_code == (302 if may else 403)
    client_as(marketer).post(url)
    post.refresh_from_db()
    assert post.removed_at is None


@pytest.mark.parametrize("what", ["removed", "published"])
def test_text_typed_into_a_post_that_cannot_be_changed_any_more_comes_back(
    marketer: Membership, client_as: ClientAs, what: str
) -> None:
    post = make_post(marketer)
    page = client_as(marketer).get(post.get_absolute_url())
    if what == "removed":
        remove_post(post, by=marketer.user)
    else:
        Post.objects.update(state=PostState.PUBLISHED)

    response = client_as(marketer).post(post.get_absolute_url(), sent_from(page, text="Mine"))

    assert response.status_code == 409
    assert "Mine" in response.content.decode()
    post.refresh_from_db()
    assert post.text != "Mine"


# --- history and undo ---------------------------------------------------------------------------------------


def undo(client_as: ClientAs, member: Membership, post: Post, revision: object) -> str:
    response = client_as(member).post(url_of(post, "undo"), {"revision": revision}, follow=True)
    return response.content.decode()


def test_last_change_is_undone_and_brought_back(marketer: Membership, client_as: ClientAs) -> None:
    instagram, facebook = make_channel(marketer), make_channel(marketer, "facebook")
    post = make_post(marketer, instagram, tags=["winter"], owner=marketer)
    said: dict[str, Any] = {
        "text": "Lamps",
        "planned_on": None,
        "owner": None,
        "tags": [],
        "versions": {facebook: {"own_text": "Lamps on Facebook"}},
    }
    save_post(post, said, expected=1, by=marketer.user)

    undo(client_as, marketer, post, 2)

    post.refresh_from_db()
    assert (post.text, post.planned_on) == ("Winter lights open on Saturday.", DAY)
    assert (post.owner, post.state, post.revision) == (marketer, PostState.DRAFT, 3)
    assert [tag.name for tag in post.tags.all()] == ["winter"]
    assert [version.channel for version in post.versions.all()] == [instagram]

    undo(client_as, marketer, post, 3)
    post.refresh_from_db()
    assert (post.text, post.state) == ("Lamps", PostState.IDEA)
    assert post.versions.get().own_text == "Lamps on Facebook"


def test_undo_is_refused_when_somebody_changed_the_post_since(
    marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer)
    post = save_post(post, {"text": "Lamps"}, expected=1, by=marketer.user)
    save_post(post, {"text": "Lanterns"}, expected=2, by=manager.user)

    page = undo(client_as, marketer, post, 2)

    assert "Somebody changed this post since you opened the page." in page
    post.refresh_from_db()
    assert post.text == "Lanterns"


@pytest.mark.parametrize("revision", ["", "soon", 1])
def test_undo_of_nothing_is_refused(
    marketer: Membership, client_as: ClientAs, revision: object
) -> None:
    post = make_post(marketer)

    undo(client_as, marketer, post, revision)

    post.refresh_from_db()
    assert post.revision == 1


def test_who_may_undo(
    marketer: Membership,
    contributor: Membership,
    reader: Membership,
    stranger: Membership,
    client_as: ClientAs,
) -> None:
    post = make_post(marketer)

    assert client_as(contributor).post(url_of(post, "undo")).status_code == 403
    assert client_as(reader).post(url_of(post, "undo")).status_code == 403
    assert client_as(stranger).post(url_of(post, "undo")).status_code == 404
    assert client_as(marketer).get(url_of(post, "undo")).status_code == 405


def test_history_says_who_changed_what(
    marketer: Membership,
    reader: Membership,
    stranger: Membership,
    client_as: ClientAs,
) -> None:
    post = make_post(marketer)
    make_post(marketer, title="Another post")
    save_post(post, {"title": "Lights"}, expected=1, by=marketer.user)
    add_link(post, "https://files.example.org/a.mp4", by=marketer.user)

    response = client_as(reader).get(url_of(post, "history"))

    page = response.content.decode()
    assert len(response.context["entries"]) == 3
    assert "Title:" in page
    assert "Another post" not in page
    assert client_as(stranger).get(url_of(post, "history")).status_code == 404
    assert client_as(marketer).post(url_of(post, "history")).status_code == 405


def test_post_and_its_history_say_from_which_state_to_which_it_went(
    marketer: Membership, client_as: ClientAs
) -> None:
    post = schedule_post(make_post(marketer, make_channel(marketer)), by=marketer.user)

    for address in (post.get_absolute_url(), url_of(post, "history")):
        page = client_as(marketer).get(address).content.decode()
        assert "<del>Draft</del>" in page
        assert "<ins>Scheduled</ins>" in page


def test_strategy_and_completeness_are_told_beside_what_is_typed(
    marketer: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer, make_channel(marketer), category="")
    client = client_as(marketer)
    page = client.get(post.get_absolute_url())
    assert "Choose a category" in page.content.decode()

    url = reverse("calendar:check", args=["fjordlys", post.uid])
    sent = sent_from(page, category="promotional", channels=None)
    typed = client.post(url, sent).content.decode()

    assert "Choose a category" not in typed
    assert "Choose at least one channel." in typed
    post.refresh_from_db()
    assert post.category == ""


@pytest.mark.parametrize("how", ["removed", "closed"])
def test_text_for_a_channel_that_went_out_of_use_while_it_was_typed_stays_on_the_page(
    how: str, marketer: Membership, client_as: ClientAs
) -> None:
    channel, client = make_channel(marketer), client_as(marketer)
    page = client.get(ADD)
    typed: dict[str, Any] = {
        "text": "For all",
        "channels": str(channel.uid),
        f"{channel.uid}-own_text": "Own words",
    }
    if how == "removed":
        remove_channel(channel, by=marketer.user)
    else:
        Channel.objects.update(state=ChannelState.CLOSED)

    refused = client.post(ADD, sent_from(page, **typed))

    shown = refused.content.decode()
    assert "is no longer in use. Untick it" in shown
    assert "Own words" in shown
    assert fold_of(refused, f"version-{channel.uid}").is_open
    assert not Post.objects.exists()
    client.post(ADD, sent_from(page, **{**typed, "channels": None}))
    assert not Post.objects.get().versions.exists()


def test_post_keeps_a_channel_that_went_out_of_use(
    marketer: Membership, client_as: ClientAs
) -> None:
    channel, client = make_channel(marketer), client_as(marketer)
    post = make_post(marketer, channel)
    remove_channel(channel, by=marketer.user)

    page = client.get(post.get_absolute_url())
    client.post(post.get_absolute_url(), sent_from(page, text="Changed"))

    post.refresh_from_db()
    assert (post.text, post.versions.count()) == ("Changed", 1)
