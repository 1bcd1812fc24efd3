"""Duplicates of posts, and templates."""

from datetime import time

import pytest
from django.urls import reverse

from content_calendar.enums import PostState
from content_calendar.models import Post, PostTemplate
from content_calendar.services.copies import (
    TEMPLATES_AT_MOST,
    duplicate_post,
    remove_template,
    restore_template,
    save_as_template,
)
from content_calendar.services.media import add_link
from core.exceptions import Refusal
from networks.services import remove_channel
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import make_channel, make_post
from workspaces.models import Membership


@pytest.fixture
def post(marketer: Membership) -> Post:
    instagram, facebook = make_channel(marketer), make_channel(marketer, "facebook")
    made = make_post(
        marketer,
        title="Opening hours",
        tags=["winter", "hours"],
        owner=marketer,
        versions={instagram: {"own_text": "See the link.", "own_time": time(18)}, facebook: {}},
    )
    add_link(made, "https://files.example.org/film.mp4", by=marketer.user)
    return made


def url_of(post: Post, name: str) -> str:
    return reverse(f"calendar:{name}", args=[post.workspace.slug, post.uid])


def template_url(template: PostTemplate, name: str) -> str:
    return reverse(f"calendar:{name}", args=[template.workspace.slug, template.uid])


def test_duplicate_is_an_idea_that_says_the_same(post: Post, manager: Membership) -> None:
    copy = duplicate_post(post, by=manager.user)

    assert (copy.state, copy.planned_on, copy.created_by) == (PostState.IDEA, None, manager.user)
    assert (copy.title, copy.text, copy.category) == (post.title, post.text, post.category)
    assert [tag.name for tag in copy.tags.all()] == ["hours", "winter"]
    assert [(one.own_text, one.own_time) for one in copy.versions.all()] == [
        ("See the link.", time(18)),
        ("", None),
    ]
    assert [media.address for media in copy.media.all()] == ["https://files.example.org/film.mp4"]
    assert copy.media.get() != post.media.get()


def test_duplicate_leaves_out_channels_that_were_removed(post: Post, marketer: Membership) -> None:
    remove_channel(post.versions.get(channel__network="facebook").channel, by=marketer.user)

    copy = duplicate_post(post, by=marketer.user)

    assert [str(one.channel.network) for one in copy.versions.all()] == ["instagram"]


def test_duplicate_is_made_once_a_page(
    post: Post, contributor: Membership, client_as: ClientAs
) -> None:
    client = client_as(contributor)

    first = client.post(url_of(post, "duplicate"), {"token": "page"})
    again = client.post(url_of(post, "duplicate"), {"token": "page"})

    assert first.headers["Location"] == again.headers["Location"]
    assert Post.objects.count() == 2
    copy = Post.objects.exclude(pk=post.pk).get()
    assert copy.media.count() == 1


def test_template_is_saved_once_without_day_and_owner(
    post: Post, marketer: Membership, client_as: ClientAs
) -> None:
    for _again in range(2):
        client_as(marketer).post(
            url_of(post, "template_add"), {"name": "Opening hours", "token": "page"}
        )

    template = PostTemplate.objects.get()
    assert template.name == "Opening hours"
    assert not {"planned_on", "planned_time", "owner"} & set(template.values)


def test_template_needs_a_name(post: Post, marketer: Membership, client_as: ClientAs) -> None:
    response = client_as(marketer).post(url_of(post, "template_add"), {"name": ""}, follow=True)

    assert "Give the template a name" in response.content.decode()
    assert not PostTemplate.objects.exists()


def test_new_post_begins_with_a_template(
    post: Post, marketer: Membership, client_as: ClientAs
) -> None:
    template = save_as_template(post, "Opening hours", by=marketer.user)

    response = client_as(marketer).get(
        f"/w/fjordlys/calendar/posts/add/?template={template.uid}&day=2026-12-01"
    )

    form = response.context["form"]
    assert form["text"].value() == post.text
    assert form["tags"].value() == "hours, winter"
    assert [fold.fields[0].value() for fold in form.version_folds] == ["See the link.", ""]
    assert str(form["planned_on"].value()) == "2026-12-01"
    assert form["owner"].value() == marketer.pk


@pytest.mark.parametrize("named", ["nothing", "1b4e28ba-2fa1-11d2-883f-0016d3cca427"])
def test_template_that_there_is_not_gives_an_empty_form(
    marketer: Membership, client_as: ClientAs, named: str
) -> None:
    response = client_as(marketer).get(f"/w/fjordlys/calendar/posts/add/?template={named}")

    assert not response.context["form"]["text"].value()


def test_removed_template_is_not_offered_until_it_is_back(
    post: Post, marketer: Membership, client_as: ClientAs
) -> None:
    template = save_as_template(post, "Opening hours", by=marketer.user)
    client = client_as(marketer)

    response = client.post(template_url(template, "template_remove"), follow=True)
    assert f"template={template.uid}" not in response.content.decode()
    assert not remove_template(template, by=marketer.user)

    response = client.post(template_url(template, "template_restore"), follow=True)
    assert f"template={template.uid}" in response.content.decode()
    assert not restore_template(template, by=marketer.user)


def test_there_are_a_hundred_templates_at_most(post: Post, marketer: Membership) -> None:
    PostTemplate.objects.bulk_create(
        PostTemplate(
            workspace=post.workspace, name=f"{number}", values={}, created_by=marketer.user
        )
        for number in range(TEMPLATES_AT_MOST)
    )

    with pytest.raises(Refusal):
        save_as_template(post, "One more", by=marketer.user)


def test_who_may_copy_and_remove(
    post: Post,
    marketer: Membership,
    contributor: Membership,
    reader: Membership,
    stranger: Membership,
    client_as: ClientAs,
) -> None:
    template = save_as_template(post, "Opening hours", by=marketer.user)

    for name in ("duplicate", "template_add"):
        assert client_as(reader).post(url_of(post, name)).status_code == 403
        assert client_as(stranger).post(url_of(post, name)).status_code == 404
        assert client_as(marketer).get(url_of(post, name)).status_code == 405
    for name in ("template_remove", "template_restore"):
        assert client_as(contributor).post(template_url(template, name)).status_code == 403
        there = reverse(f"calendar:{name}", args=["next-door", template.uid])
        assert client_as(stranger).post(there).status_code == 404
        assert client_as(marketer).get(template_url(template, name)).status_code == 405
    theirs = f"/w/next-door/calendar/posts/add/?template={template.uid}"
    assert post.text not in client_as(stranger).get(theirs).content.decode()
