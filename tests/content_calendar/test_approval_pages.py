"""The pages on which posts are submitted, read, decided on and scheduled."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.http import HttpResponseBase
from django.urls import reverse

from content_calendar.domain.fingerprint import fingerprint_of
from content_calendar.enums import PostState
from content_calendar.models import Post
from content_calendar.services.approval import approve, schedule_post, submit_post
from content_calendar.services.posts import save_post
from networks.models import Channel
from notifications.outbox import send_due
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import make_channel, make_post
from workspaces.models import Membership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_before")]

BEFORE = datetime(2026, 11, 20, 12, tzinfo=UTC)
BUTTONS = ("submit", "schedule", "make_draft", "cancel")
DECISIONS = ("approve", "ask_for_changes", "correct", "approve_alone")


@pytest.fixture
def _before() -> Any:
    with time_machine.travel(BEFORE):
        yield


@pytest.fixture
def channel(marketer: Membership) -> Channel:
    return make_channel(marketer)


@pytest.fixture
def post(contributor: Membership, manager: Membership, channel: Channel) -> Post:
    return submit_post(make_post(contributor, channel), by=contributor.user)


def url(name: str, post: Post) -> str:
    return reverse(f"calendar:{name}", args=[post.workspace.slug, post.uid])


def text_of(response: HttpResponseBase) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]


def state_of(post: Post) -> str:
    return Post.objects.get(pk=post.pk).state


# --- buttons --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BUTTONS)
def test_button_needs_a_post_and_somebody_who_works_on_it(
    name: str,
    client_as: ClientAs,
    marketer: Membership,
    contributor: Membership,
    reader: Membership,
    stranger: Membership,
) -> None:
    post = make_post(marketer)

    assert client_as(marketer).get(url(name, post)).status_code == 405
    for person, status in ((reader, 403), (contributor, 403), (stranger, 404)):
        assert client_as(person).post(url(name, post)).status_code == status
    assert state_of(post) == PostState.DRAFT


def test_post_goes_from_draft_to_scheduled_by_buttons(
    client_as: ClientAs, contributor: Membership, manager: Membership, channel: Channel
) -> None:
    post, own = make_post(contributor, channel, category="informative"), client_as(contributor)

    page = text_of(own.get(post.get_absolute_url()))
    assert "Submit for approval" in page
    assert "Schedule it" not in page

    own.post(url("submit", post))
    assert state_of(post) == PostState.IN_REVIEW
    assert "It waits for approval by Magnus Manager, needed by Mon" in text_of(
        own.get(post.get_absolute_url())
    )

    seen = {"fingerprint": fingerprint_of(post), "comment": "Nice."}
    client_as(manager).post(url("approve", post), seen)
    own.post(url("schedule", post))
    assert state_of(post) == PostState.SCHEDULED
    page = text_of(own.get(post.get_absolute_url()))
    assert "Chris Contributor publishes it by hand on" in page
    assert "Nice." in page


def test_refusal_of_a_button_stands_on_the_next_page(
    client_as: ClientAs, contributor: Membership, post: Post
) -> None:
    again = client_as(contributor).post(url("submit", post), follow=True)

    assert "This post is waiting for approval. Withdraw it, or wait for the answer." in text_of(
        again
    )


def test_blocker_is_said_when_scheduling(
    client_as: ClientAs, marketer: Membership, channel: Channel
) -> None:
    post = make_post(marketer, channel, text="x" * 2300)

    page = client_as(marketer).post(url("schedule", post), follow=True)

    assert "2,200" in text_of(page)
    assert state_of(post) == PostState.DRAFT


def test_manager_has_one_filled_button_on_a_post_that_waits(
    client_as: ClientAs, manager: Membership, reader: Membership, post: Post
) -> None:
    review = f'class="btn btn-primary" href="{url("review", post)}"'

    assert review in text_of(client_as(manager).get(post.get_absolute_url()))
    assert review not in text_of(client_as(reader).get(post.get_absolute_url()))


# --- reading --------------------------------------------------------------------------------------


def test_review_page_shows_what_people_will_see_and_asks_those_who_decide(
    client_as: ClientAs, manager: Membership, contributor: Membership, post: Post
) -> None:
    page = text_of(client_as(manager).get(url("review", post)))
    assert post.text in page
    assert "Instagram" in page
    assert fingerprint_of(post) in page
    assert "Ask for changes" in page

    own = text_of(client_as(contributor).get(url("review", post)))
    assert post.text in own
    assert "Ask for changes" not in own


def test_text_changed_after_the_approval_is_shown_word_by_word(
    client_as: ClientAs, manager: Membership, marketer: Membership, post: Post
) -> None:
    approved = approve(post, fingerprint=fingerprint_of(post), by=manager.user).post
    text = approved.text.replace("Saturday", "Sunday")
    save_post(approved, {"text": text}, expected=approved.revision, by=marketer.user)

    for name in ("review", "post"):
        page = text_of(client_as(manager).get(url(name, post)))
        assert "Approved before the change" in page
        assert page.count("Saturday.</del>") == 1
        assert "Sunday.</ins>" in page


# --- deciding -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DECISIONS)
def test_decision_needs_a_manager_and_leads_who_comes_back_to_the_post(
    name: str,
    client_as: ClientAs,
    marketer: Membership,
    admin: Membership,
    stranger: Membership,
    post: Post,
) -> None:
    back = client_as(admin).get(url(name, post))

    assert (back.status_code, back.headers["Location"]) == (302, post.get_absolute_url())
    for person, status in ((marketer, 403), (stranger, 404)):
        assert client_as(person).post(url(name, post)).status_code == status
    assert state_of(post) == PostState.IN_REVIEW


@pytest.mark.parametrize("name", DECISIONS[:3])
def test_stale_page_is_refused_and_shows_the_new_text_with_what_was_typed(
    name: str,
    client_as: ClientAs,
    manager: Membership,
    contributor: Membership,
    post: Post,
) -> None:
    seen = fingerprint_of(post)
    save_post(post, {"text": "Lights are off."}, expected=post.revision, by=contributor.user)
    typed = {"fingerprint": seen, "comment": "My comment.", "text": "Typed text."}

    response = client_as(manager).post(url(name, post), typed)

    page = text_of(response)
    assert response.status_code == 409
    assert "changed after you opened the page" in page
    assert "Lights are off." in page
    assert ("Typed text." if name == "correct" else "My comment.") in page
    assert state_of(post) == PostState.IN_REVIEW
    again = client_as(manager).post(
        url(name, post), {**typed, "fingerprint": fingerprint_of(post_now(post))}
    )
    assert again.status_code == 302


def post_now(post: Post) -> Post:
    return Post.objects.get(pk=post.pk)


def test_second_manager_hears_who_decided_and_keeps_the_comment(
    client_as: ClientAs, manager: Membership, second_manager: Membership, post: Post
) -> None:
    seen = fingerprint_of(post)
    approve(post, fingerprint=seen, by=manager.user)

    response = client_as(second_manager).post(
        url("ask_for_changes", post), {"fingerprint": seen, "comment": "Too long."}
    )

    assert response.status_code == 409
    assert "Magnus Manager has already approved this post." in text_of(response)
    assert "Too long." in text_of(response)


def test_asking_for_changes_without_a_comment_is_asked_again(
    client_as: ClientAs, manager: Membership, post: Post
) -> None:
    response = client_as(manager).post(
        url("ask_for_changes", post), {"fingerprint": fingerprint_of(post)}
    )

    assert response.status_code == 422
    assert "Say what should change." in text_of(response)


def test_corrected_post_shows_both_texts(
    client_as: ClientAs, manager: Membership, contributor: Membership, post: Post
) -> None:
    client_as(manager).post(
        url("correct", post),
        {
            "fingerprint": fingerprint_of(post),
            "text": post.text.replace("lights", "lanterns"),
            "correction_comment": "Our word.",
        },
    )

    page = text_of(client_as(contributor).get(post.get_absolute_url()))
    assert "Corrected and approved" in page
    assert "lights</del>" in page
    assert "lanterns</ins>" in page
    assert "Our word." in page


def test_admin_alone_approves_with_a_reason_that_everybody_sees(
    client_as: ClientAs, admin: Membership, reader: Membership, channel: Channel
) -> None:
    post = submit_post(make_post(admin, channel), by=admin.user)
    client = client_as(admin)
    assert "Approve it yourself" in text_of(client.get(url("review", post)))

    client.post(
        url("approve_alone", post),
        {"fingerprint": fingerprint_of(post), "reason": "Everybody is away."},
    )

    page = text_of(client_as(reader).get(post.get_absolute_url()))
    assert "Approved without a second reader" in page
    assert "Everybody is away." in page


# --- letters --------------------------------------------------------------------------------------


def test_letters_say_what_is_asked_and_what_was_decided(
    post: Post, manager: Membership, contributor: Membership
) -> None:
    with time_machine.travel(BEFORE.replace(hour=13)):
        send_due()
    (asked,) = mail.outbox
    assert asked.to == [manager.user.email]
    assert asked.subject == "Please approve the post “Winter lights open on Saturday.”"
    assert "Please answer by Mon 23 Nov, 09:00 (Oslo)." in asked.body.replace("\xa0", " ")

    approve(post, fingerprint=fingerprint_of(post), comment="Nice.", by=manager.user)
    with time_machine.travel(BEFORE.replace(hour=14)):
        send_due()
    assert mail.outbox[1].to == [contributor.user.email]
    assert "Nice." in mail.outbox[1].body


def test_letter_that_asks_is_not_sent_once_the_post_was_decided(
    post: Post, manager: Membership, contributor: Membership
) -> None:
    approve(post, fingerprint=fingerprint_of(post), by=manager.user)

    with time_machine.travel(BEFORE.replace(hour=13)):
        send_due()

    assert [letter.to for letter in mail.outbox] == [[contributor.user.email]]


def test_scheduled_post_of_a_manager_needs_nobody(
    client_as: ClientAs, manager: Membership, channel: Channel
) -> None:
    post = make_post(manager, channel)

    page = text_of(client_as(manager).get(post.get_absolute_url()))

    assert "You can schedule it without approval" in page
    assert schedule_post(post, by=manager.user).state == PostState.SCHEDULED
