"""Comments on posts: who may comment, who is told, who may remove."""

import pytest
from django.urls import reverse

from content_calendar.models import Post, PostComment
from content_calendar.notices import _if_still_there
from content_calendar.services.comments import add_comment, remove_comment, restore_comment
from notifications.models import Delivery, Notification
from notifications.notification_types import sentence_of
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import make_post
from tests.factories import MembershipFactory, UserFactory
from workspaces.models import Membership, Workspace


@pytest.fixture
def post(marketer: Membership) -> Post:
    return make_post(marketer)


def add_url(post: Post) -> str:
    return reverse("calendar:comment_add", args=[post.workspace.slug, post.uid])


def url_of(comment: PostComment, name: str) -> str:
    return reverse(f"calendar:{name}", args=[comment.post.workspace.slug, comment.uid])


def test_contributor_comments_once_and_a_reader_reads(
    post: Post, contributor: Membership, reader: Membership, client_as: ClientAs
) -> None:
    for _again in range(2):
        response = client_as(contributor).post(
            add_url(post), {"text": "Shall we?", "token": "page"}
        )
        assert response.status_code == 302

    assert post.comments.get().text == "Shall we?"
    page = client_as(reader).get(post.get_absolute_url()).content.decode()
    assert "Shall we?" in page
    assert add_url(post) not in page
    assert client_as(reader).post(add_url(post), {"text": "No"}).status_code == 403


def test_empty_comment_comes_back_with_a_sentence(
    post: Post, marketer: Membership, client_as: ClientAs
) -> None:
    response = client_as(marketer).post(add_url(post), {"text": " "})

    assert response.context["comment_form"].errors["text"] == ["Fill this in."]
    assert not post.comments.exists()


def test_people_named_in_the_text_or_chosen_are_told_once(
    post: Post, marketer: Membership, manager: Membership, admin: Membership, reader: Membership
) -> None:
    add_comment(
        post,
        "Can you look, @magnus manager? @Mari Marketer says so, not @Rita Readers.",
        mentions=[manager, admin],
        by=marketer.user,
    )

    told = Notification.objects.filter(kind="content_calendar.mentioned")
    assert {notice.recipient for notice in told} == {manager.user, admin.user}
    assert post.comments.get().text.startswith("@Ada Admin Can you look")
    notice = told.get(recipient=manager.user)
    assert sentence_of(notice) == (
        "Mari Marketer mentioned you in a comment on the post “Winter lights open on Saturday.”."
    )
    assert notice.url.endswith(f"#comment-{post.comments.get().uid}")
    assert Delivery.objects.filter(notification=notice).exists()


def test_member_of_another_workspace_or_who_has_left_is_not_told(
    post: Post, marketer: Membership, stranger: Membership, workspace: Workspace
) -> None:
    left = MembershipFactory.create(
        workspace=workspace,
        user=UserFactory.create(name="Lena Left"),
        left_at=post.created_at,
    )

    add_comment(post, "@Stig Stranger and @Lena Left", mentions=[stranger, left], by=marketer.user)

    assert not Notification.objects.filter(kind="content_calendar.mentioned").exists()


def test_email_about_a_removed_comment_is_not_sent(
    post: Post, marketer: Membership, manager: Membership
) -> None:
    comment = add_comment(post, "@Magnus Manager?", by=marketer.user)
    notice = Notification.objects.get(kind="content_calendar.mentioned")
    assert not _if_still_there(notice)

    remove_comment(comment, by=marketer.user)

    assert _if_still_there(notice)


def test_own_comment_is_removed_and_brought_back(
    post: Post, contributor: Membership, client_as: ClientAs
) -> None:
    comment = add_comment(post, "Shall we?", by=contributor.user)
    client = client_as(contributor)

    response = client.post(url_of(comment, "comment_remove"), follow=True)
    assert "Shall we?" not in response.content.decode()
    assert url_of(comment, "comment_restore") in response.content.decode()
    assert not remove_comment(comment, by=contributor.user)

    response = client.post(url_of(comment, "comment_restore"), follow=True)
    assert "Shall we?" in response.content.decode()
    assert not restore_comment(comment, by=contributor.user)


@pytest.mark.parametrize("name", ["comment_remove", "comment_restore"])
def test_comment_of_somebody_else_is_not_found(
    post: Post,
    marketer: Membership,
    admin: Membership,
    stranger: Membership,
    client_as: ClientAs,
    name: str,
) -> None:
    comment = add_comment(post, "Shall we?", by=marketer.user)

    assert client_as(admin).post(url_of(comment, name)).status_code == 404
    assert client_as(stranger).post(url_of(comment, name)).status_code == 404
    assert client_as(marketer).get(url_of(comment, name)).status_code == 405
    assert client_as(marketer).get(add_url(post)).status_code == 405
