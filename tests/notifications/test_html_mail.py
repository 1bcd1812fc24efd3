"""Emails as HTML beside the text."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail

from notifications import notification_types
from notifications.enums import EMAIL, Pace
from notifications.mail import compose
from notifications.models import Delivery
from notifications.notification_types import NotificationType
from notifications.outbox import send_due
from notifications.services import choose_pace, notify
from tests.notifications.notification_types import DAILY
from workspaces.models import Membership

HOST = "http://127.0.0.1:8000"


def told(member: Membership, thing: str = "the plan", **more: Any) -> tuple[str, Any]:
    """Tell a member, and return the HTML with the whole email."""
    choose_pace(member.user, kind=DAILY, way=EMAIL, pace=Pace.AT_ONCE)
    notify(
        workspace=member.workspace,
        recipients=[member.user],
        kind=DAILY,
        source=thing,
        params={"thing": thing},
        url="/w/fjordlys/",
        **more,
    )
    send_due()
    letter: Any = mail.outbox[-1]
    (html,) = letter.alternatives
    return html.content, letter


@pytest.mark.usefixtures("daily_type")
def test_email_is_text_and_html_with_the_same_to_do(reader: Membership) -> None:
    html, letter = told(reader)

    parts = letter.message().get_payload()
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert letter.message().get_content_type() == "multipart/alternative"
    less = re.search(rf"{HOST}/less-email/[^/\s]+/", letter.body)
    assert less
    for said in ("Look at the plan.", "Why you get this: It is yours.", less[0]):
        assert said in letter.body
        assert said in html
    assert re.search(rf'<a class="button" href="{HOST}/w/fjordlys/"[^>]*>Open it</a>', html)
    assert '<html lang="en" dir="ltr">' in html


@pytest.mark.usefixtures("daily_type")
def test_html_needs_nothing_from_anywhere(reader: Membership) -> None:
    html, _letter = told(reader)

    assert not re.search(r"<(img|table|link|script|iframe|form|object)\b|url\(|@import", html)
    for address in re.findall(r'(?:href|src)="([^"]*)"', html):
        assert urlsplit(address).netloc == urlsplit(HOST).netloc
    assert "prefers-color-scheme: dark" in html


@pytest.mark.usefixtures("daily_type")
def test_what_people_write_is_text(reader: Membership) -> None:
    html, letter = told(reader, '<script>alert("x")</script> & <b>more</b>')

    assert "<script>" in letter.body
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "&lt;b&gt;more&lt;/b&gt;" in html


def test_what_people_write_below_the_first_sentence_is_text_too(
    reader: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = NotificationType(
        DAILY,
        sentence="You are mentioned.",
        template="content_calendar/emails/mentioned.txt",
        more=lambda _notice: {"post": "<i>x</i>", "comment": {"text": "<u>one</u>\ntwo\n\nthree"}},
        pace=Pace.AT_ONCE,
    )
    monkeypatch.setitem(notification_types.NOTIFICATION_TYPES._entries, DAILY, kind)

    html, letter = told(reader)

    assert "<u>one</u>\ntwo\n\nthree" in letter.body
    assert "Hello Rita Reader," in html
    assert "&lt;i&gt;x&lt;/i&gt;" in html
    assert 'dir="auto">&lt;u&gt;one&lt;/u&gt;<br>two</p>' in html


@pytest.mark.usefixtures("daily_type")
def test_language_from_right_to_left_turns_the_page(reader: Membership) -> None:
    told(reader)
    delivery = Delivery.objects.get()
    recipient: Any = delivery.recipient
    recipient.language = "ar"

    (html,) = compose(delivery).alternatives
    assert '<html lang="ar" dir="rtl">' in html.content  # type: ignore[attr-defined]


def test_daily_email_lists_each_with_its_link(
    reader: Membership, daily_type: NotificationType
) -> None:
    for thing in ("<the plan>", "the budget"):
        notify(
            workspace=reader.workspace,
            recipients=[reader.user],
            kind=DAILY,
            source=thing,
            params={"thing": thing},
            url=f"/w/fjordlys/{len(thing)}/",
        )
    due = Delivery.objects.latest("pk").next_at
    send_due(now=due)

    letter: Any = mail.outbox[-1]
    (html,) = letter.alternatives
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f'href="{HOST}/w/fjordlys/10/"' in html.content
    assert "&lt;the plan&gt;" in html.content
    assert "Why: It is yours." in html.content
